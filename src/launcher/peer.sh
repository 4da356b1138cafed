# shellcheck shell=bash
# llama.cpp, built from the sources in a Python package, for `bench engine --peer` alone: it is
# measured beside Kvasir and is no part of it.

peer_package=llama-cpp-python
peer_version=0.3.36
peer_sha256=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e
peer_programs='llama-bench llama-batched-bench llama-quantize llama-perplexity'

# Whether somebody asks for the peer; help about it needs none.
wants_peer() {
  local word wanted=1
  for word in "$@"; do
    case $word in
      --peer) wanted=0 ;;
      --help | -h) return 1 ;;
    esac
  done
  return "$wanted"
}

# Fetches and builds it once; exports the folder of its programs.
ensure_peer() {
  local folder=$cache/peer-$peer_version
  export KVASIR_LAUNCHER_PEER=${KVASIR_LAUNCHER_PEER:-$folder}
  [ ! -x "$KVASIR_LAUNCHER_PEER/llama-bench" ] || return 0
  step 'llama.cpp'
  [ "$KVASIR_LAUNCHER_PEER" = "$folder" ] ||
    fail "there is no llama-bench in $KVASIR_LAUNCHER_PEER" 'Unset KVASIR_LAUNCHER_PEER, then it is built.'
  make_folders
  step 'llama.cpp'
  local missing=()
  command -v cmake >/dev/null || missing+=(cmake)
  command -v g++ >/dev/null || missing+=(g++)
  command -v make >/dev/null || missing+=(make)
  python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)
  [ "${#missing[@]}" -eq 0 ] || apt_install "${missing[@]}"
  local work archive
  work=$cache/peer.part
  rm -rf "$work"
  mkdir "$work"
  archive=$(peer_archive "$work") ||
    fail "the source of $peer_package $peer_version could not be fetched" \
      'Name its archive: KVASIR_LAUNCHER_PEER_SOURCE=FILE ./kvasir bench engine --peer' "Details: $logs/peer.log"
  echo "$peer_sha256  $archive" | sha256sum --check --status ||
    fail "$archive is not $peer_package $peer_version" "Its SHA-256 should be $peer_sha256; fetch it again."
  progress 'unpacking'
  mkdir "$work/source"
  tar -xf "$archive" -C "$work/source" --strip-components=1 || fail 'its source is no archive' "Look at $archive"
  [ -n "$watched" ] || say '… llama.cpp: building takes some minutes'
  # shellcheck disable=SC2086
  logged "$logs/peer.log" cmake -S "$work/source/vendor/llama.cpp" -B "$work/build" \
    -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TESTS=OFF \
    -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_BUILD_UI=OFF \
    -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF &&
    logged "$logs/peer.log" cmake --build "$work/build" --parallel "$(nproc)" --target $peer_programs ||
    fail 'it does not compile' "Details: $logs/peer.log"
  mkdir "$work/programs"
  local program
  for program in $peer_programs; do
    mv "$work/build/bin/$program" "$work/programs"
  done
  echo "of $peer_package $peer_version (SHA-256 $peer_sha256), $(g++ --version | head -n 1), Release, native" \
    >"$work/programs/VERSION"
  rm -rf "$folder"
  mv "$work/programs" "$folder"
  rm -rf "$work"
  done_step "built, of $peer_package $peer_version"
}

# Prints where the source archive is: as named, or fetched into the folder.
peer_archive() {
  if [ -n "${KVASIR_LAUNCHER_PEER_SOURCE:-}" ]; then
    echo "$KVASIR_LAUNCHER_PEER_SOURCE"
    return
  fi
  logged "$logs/peer.log" python3 -m pip download --no-deps --no-binary :all: --dest "$1" \
    "$peer_package==$peer_version" >&2 || return
  find "$1" -name '*.tar.gz'
}
