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

# The viewer of inline XBRL documents: a script in a Python package, which is an archive.
have_ixbrl_viewer() { [ -e "$IXBRL_VIEWER_HOME/ixbrlviewer.js" ]; }
get_ixbrl_viewer() {
  local work=$TOOLS/work/ixbrl-viewer wheel
  mkdir -p "$work" "$IXBRL_VIEWER_HOME"
  wheel=$(curl -fsS -m 60 https://pypi.org/simple/ixbrl-viewer/ |
    sed -n "s|.*href=\"\([^\"#]*/ixbrl_viewer-$IXBRL_VIEWER_VERSION-[^\"#]*\.whl\).*|\1|p" | head -1)
  curl -fsS -m 120 -o "$work/viewer.zip" "$wheel"
  python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("iXBRLViewerPlugin/viewer/dist/ixbrlviewer.js"))' \
    "$work/viewer.zip" >"$IXBRL_VIEWER_HOME/ixbrlviewer.js.part"
  mv "$IXBRL_VIEWER_HOME/ixbrlviewer.js.part" "$IXBRL_VIEWER_HOME/ixbrlviewer.js"
  rm -rf "$work"
}

# Real Chromiums of 2020 and 2021, from an npm package that carries the program itself (Linux on x86-64 only).
old_chromium_home() { echo "$TOOLS/chromium-$1"; }
missing_old_chromiums() {
  local old missing=()
  if [ "$(uname -sm)" = "Linux x86_64" ]; then
    for old in $OLD_CHROMIUMS; do
      [ -x "$(old_chromium_home "${old%=*}")/chromium" ] || missing+=("${old%=*}")
    done
  fi
  echo "${missing[@]+"${missing[@]}"}"
}
have_old_chromiums() { [ -z "$(missing_old_chromiums)" ]; }
get_old_chromiums() {
  local old missing
  missing=" $(missing_old_chromiums) "
  for old in $OLD_CHROMIUMS; do
    [[ $missing != *" ${old%=*} "* ]] || get_old_chromium "$(old_chromium_home "${old%=*}")" "${old#*=}"
  done
}
# get_old_chromium WHERE PACKAGE_VERSION
get_old_chromium() {
  local home=$1 part=$1.part archive
  rm -rf "$part"
  mkdir -p "$part"
  (cd "$part" && npm pack --silent "chrome-aws-lambda@$2")
  tar -xzf "$part"/*.tgz -C "$part"
  node scripts/unbrotli.mjs "$part/package/bin/chromium.br" "$part/chromium"
  chmod +x "$part/chromium"
  # Its software renderer, and the libraries that Debian may not have.
  for archive in swiftshader aws; do
    node scripts/unbrotli.mjs "$part/package/bin/$archive.tar.br" "$part/$archive.tar"
    tar -xf "$part/$archive.tar" -C "$part"
    rm "$part/$archive.tar"
  done
  rm -rf "$part/package" "$part"/*.tgz "$home"
  mv "$part" "$home"
}

# Engines of others, from Debian's packages. Without apt their tests say why they are skipped (tests/browser/find-engines.mjs).
have_firefox() { ! command -v apt-get >/dev/null || node tests/browser/find-engines.mjs firefox >/dev/null 2>&1; }
get_firefox() {
  apt_install firefox-esr ||
    give_up "There is no package firefox-esr here. Please install a Firefox that is no snap, and set FIREFOX to its path."
}

have_webkit() { ! command -v apt-get >/dev/null || node tests/browser/find-engines.mjs webkit >/dev/null 2>&1; }
# It has no headless mode: Xvfb is a screen that nobody sees.
get_webkit() { apt_install webkit2gtk-driver xvfb; }
