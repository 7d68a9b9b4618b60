## Why the widget did not start. These are also built into a script (scripts/ship.mjs): one line each, with names alone.

trouble-no-webassembly = This browser has no WebAssembly, so the report cannot be shown as a live view; its original text stands below. Please use a newer browser (Chromium 83 or later, Firefox, Safari).
trouble-status = The report widget did not start: the site does not give the file { $file } (status { $status }). The site’s administrator should put all files of the package into one folder.
trouble-unreachable = The report widget did not start: the file { $file } could not be fetched. Please check the network and open the page again.
trouble-cross-origin = The report widget did not start: the file { $file } is on another site, which this page may not read. Please add the header “Access-Control-Allow-Origin: *” to these files there, or put them on this site.
trouble-type = The report widget did not start: the file { $file } comes as “{ $actual }”, which browsers refuse. The site’s administrator should change its header to “Content-Type: { $type }”.
trouble-policy-connect = The report widget did not start: the content security policy does not allow { $file } to be read. Please add “connect-src 'self'” to the header Content-Security-Policy.
trouble-policy-script = The report widget did not start: the content security policy does not allow { $file } to run. The header Content-Security-Policy should say “script-src 'self' 'wasm-unsafe-eval'”.
trouble-policy-wasm = The report widget did not start: the content security policy does not allow WebAssembly. The header Content-Security-Policy should say “script-src 'self' 'wasm-unsafe-eval'”, or for Chromium before 97 “script-src 'self' 'unsafe-eval'”.
trouble-no-module = The report widget did not start: what comes as { $file } is no program, perhaps a login or an error page. The site’s administrator should check what is at that address.
trouble-damaged = The report widget did not start: { $file } is incomplete or was altered. The site’s administrator should upload this file of the package again.
trouble-version = The report widget did not start: nianbao.js and { $file } are of different versions (expected { $expected }, found { $found }). The site’s administrator should replace all files by those of one package and give them the header “Cache-Control: no-cache”.
trouble-altered = The report widget did not start: the file { $file } is missing or is not the one that was published, so the integrity check that this page demands has failed. The site’s administrator should upload the files of the package again.
trouble-style = The report’s style sheet { $file } did not load, so its tables are bare. The site’s administrator should check that file and “style-src 'self'” in the content security policy.
trouble-unknown = The report widget did not start: { $file } failed ({ $reason }). Please reload the page; if it still fails, open it in a newer browser.
