## Why the widget did not start. These are also built into a script (scripts/ship.mjs): one line each, with names alone.

trouble-no-webassembly = 这个浏览器不支持 WebAssembly，年报不能以互动方式显示，下面是原文。请换用较新的浏览器（Chromium 83 以上、Firefox、Safari）。
trouble-status = 年报组件没有启动：网站没有给出文件 { $file }（状态 { $status }）。请网站管理员把发布包里的文件全部放在同一目录。
trouble-unreachable = 年报组件没有启动：没有取到文件 { $file }。请检查网络后重新打开网页。
trouble-cross-origin = 年报组件没有启动：文件 { $file } 在另一个网站上，浏览器不允许读取。请在那个网站为这些文件加上响应头“Access-Control-Allow-Origin: *”，或把文件放到本网站。
trouble-type = 年报组件没有启动：文件 { $file } 的类型是“{ $actual }”，浏览器拒绝使用。请网站管理员把它的响应头改为“Content-Type: { $type }”。
trouble-policy-connect = 年报组件没有启动：内容安全策略不允许读取 { $file }。请在响应头 Content-Security-Policy 里加上“connect-src 'self'”。
trouble-policy-script = 年报组件没有启动：内容安全策略不允许运行 { $file }。请在响应头 Content-Security-Policy 里写“script-src 'self' 'wasm-unsafe-eval'”。
trouble-policy-wasm = 年报组件没有启动：内容安全策略不允许 WebAssembly。请在响应头 Content-Security-Policy 里写“script-src 'self' 'wasm-unsafe-eval'”；Chromium 97 以前的浏览器要写“script-src 'self' 'unsafe-eval'”。
trouble-no-module = 年报组件没有启动：{ $file } 的内容不是程序，可能是登录页或错误页。请网站管理员检查这个地址给出的内容。
trouble-damaged = 年报组件没有启动：{ $file } 不完整，或者被改动过。请网站管理员重新上传发布包里的这个文件。
trouble-version = 年报组件没有启动：nianbao.js 与 { $file } 不是同一版本（应为 { $expected }，实为 { $found }）。请网站管理员把发布包里的文件全部换成同一版本，并为它们设置响应头“Cache-Control: no-cache”。
trouble-altered = 年报组件没有启动：文件 { $file } 不在，或者与发布时不同，网页要求的完整性校验没有通过。请网站管理员重新上传发布包里的文件。
trouble-style = 年报的样式文件 { $file } 没有载入，表格没有排版。请网站管理员检查这个文件和内容安全策略的“style-src 'self'”。
trouble-unknown = 年报组件没有启动：{ $file } 出错（{ $reason }）。请刷新网页；仍不成功时，请用较新的浏览器打开。
