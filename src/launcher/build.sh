# shellcheck shell=bash
# Builds the program with Maven, only when its sources changed.

build_stamp=$target/kvasir.stamp

# A checksum of everything that the program is built from.
source_checksum() (
  cd "$root" || exit
  find pom.xml .mvn src/main sql models/catalogue.json web \
    \( -name node_modules -o -name dist -o -name screenshots -o -path web/src/api/schema.ts \) -prune -o -type f -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16
)

built() {
  [ -f "$target/kvasir.jar" ] && [ -f "$build_stamp" ] &&
    [ "$(cat "$build_stamp")" = "$(source_checksum)" ]
}

ensure_built() {
  step 'Build'
  built && return
  if [ -e "$target" ] && [ ! -w "$target" ]; then
    fail "$target belongs to $(stat -c %U "$target")" 'Run this as that user once, or remove that folder.'
  fi
  ensure_java
  ensure_maven
  ensure_node
  step 'Build'
  rm -f "$build_stamp" "$target/kvasir.jar"
  rm -rf "${target:?}/lib"
  : >"$logs/build.log"
  local checksum
  checksum=$(source_checksum)
  [ -n "$watched" ] || say '… Build: the first one fetches libraries and takes some minutes'
  if ! (cd "$root" && logged "$logs/build.log" \
    mvn -B -ntp -Dunchecked -Dmaven.test.skip=true -Dweb.script=build package); then
    if grep -qE 'Could not (transfer|resolve)|Unknown host|EAI_AGAIN|ENOTFOUND' "$logs/build.log"; then
      fail 'libraries could not be fetched' \
        'The first start needs the network (later ones do not).' "Details: $logs/build.log"
    fi
    fail "$(grep -m 1 -E '^\[ERROR\]' "$logs/build.log" || tail -n 1 "$logs/build.log")" "Details: $logs/build.log"
  fi
  echo "$checksum" >"$build_stamp"
  done_step 'done'
}
