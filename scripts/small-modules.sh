# How the WebAssembly modules are compiled small. Sourced by build.sh and serve.sh.
#
# std is built anew, optimised for size and without the sentences of panics: there is nobody to read
# them, and a panic stops the module either way. That needs std's sources and flags that a stable
# compiler takes only when told to; where either is missing, std is used as it comes.
#
# What wasm-opt does then stands in index.html: it is let to change the structure of functions, and
# to count on the first addresses being unused, since the stack stands before all data.

# No path of the machine that built a module stands in it.
module_flags="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$ROOT=nianbao"
# SHA-256 in its short form: what it is made of is a report, not a film.
module_flags="$module_flags --cfg=sha2_backend_soft=\"compact\""
small_flags="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"

# shellcheck disable=SC2086 # words are wanted
takes_small_flags() {
  [ -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ] &&
    RUSTC_BOOTSTRAP=1 rustc --target wasm32-unknown-unknown $small_flags --print cfg >/dev/null 2>&1
}

use_small_modules() {
  if takes_small_flags; then
    export RUSTC_BOOTSTRAP=1
    export CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
    module_flags="$module_flags $small_flags"
  else
    say "  std is used as it comes; the modules become a tenth larger than they could be."
  fi
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$module_flags
}
use_small_modules
