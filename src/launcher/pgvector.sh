# shellcheck shell=bash
# pgvector: built from the source of a newer Debian suite where the system's own is too old.

pgvector_control() {
  echo "$(dirname "$(postgres_programs)" | sed 's|/usr/lib/|/usr/share/|')/extension/vector.control"
}

pgvector_version() {
  sed -n "s/^default_version *= *'\(.*\)'/\1/p" "$(pgvector_control)" 2>/dev/null
}

have_pgvector() {
  local version
  version=$(pgvector_version)
  [ -n "$version" ] && at_least "$version" "$least_pgvector"
}

ensure_pgvector() {
  step 'pgvector'
  have_pgvector && return
  local programs version work
  programs=$(postgres_programs)
  version=$(basename "$(dirname "$programs")")
  if dpkg -S "$(pgvector_control)" >/dev/null 2>&1; then
    fail "the package postgresql-$version-pgvector is $(pgvector_version), older than $least_pgvector" \
      "Remove it (apt-get remove postgresql-$version-pgvector); then a newer one is built."
  fi
  apt_install "postgresql-server-dev-$version" make gcc
  # Not in the data folder: PostgreSQL's makefiles cannot cope with a space in a path.
  work=$(mktemp -d)
  mkdir -p "$work/source"
  fetch_pgvector "$work" || fail 'its source could not be fetched' \
    'The first start needs the network (later ones do not); or name a source archive:' \
    'KVASIR_LAUNCHER_PGVECTOR=pgvector.tar.gz ./kvasir up' "Details: $logs/packages.log"
  tar -xf "$(find "$work/source" -name '*.tar.*' ! -name '*debian*' | head -n 1)" -C "$work/source" \
    --strip-components=1 || fail 'its source is no archive' "Look at $work/source"
  progress 'building'
  # The default flags would tie it to this very processor.
  local build=(make -s -C "$work/source" OPTFLAGS= with_llvm=no "PG_CONFIG=$programs/pg_config")
  logged "$logs/packages.log" "${build[@]}" "-j$(nproc)" || fail 'it does not compile' "Details: $logs/packages.log"
  as_root "${build[@]}" install >>"$logs/packages.log" 2>&1 || fail 'it cannot be installed' "Details: $logs/packages.log"
  rm -rf "$work"
  have_pgvector || fail "it is $(pgvector_version), older than $least_pgvector" 'Name a newer source: KVASIR_LAUNCHER_PGVECTOR=FILE'
  done_step "built $(pgvector_version)"
}

# Puts the source archive into the folder's source: as named, of a newer suite, or a fixed version.
fetch_pgvector() {
  local work=$1 site suite
  if [ -n "${KVASIR_LAUNCHER_PGVECTOR:-}" ]; then
    cp "$KVASIR_LAUNCHER_PGVECTOR" "$work/source/named.tar.gz"
    return
  fi
  # shellcheck disable=SC2016
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -E '/debian/?$' | sort -u | head -n 1)
  [ -n "$site" ] || return 1
  for suite in testing unstable; do
    progress "looking for its source in $suite"
    if fetch_from_suite "$work" "${site%/}" "$suite" >>"$logs/packages.log" 2>&1; then
      return
    fi
  done
  progress "fetching the source of $pgvector_fallback"
  /usr/lib/apt/apt-helper download-file \
    "${site%/}/pool/main/p/pgvector/pgvector_$pgvector_fallback.orig.tar.gz" \
    "$work/source/pgvector.tar.gz" "SHA256:$pgvector_fallback_sha256" >>"$logs/packages.log" 2>&1
}

# apt with lists of its own, so that the system's sources stay as they are.
fetch_from_suite() {
  local work=$1 site=$2 suite=$3 own
  own=$work/apt-$suite
  mkdir -p "$own/lists/partial" "$own/cache/archives/partial"
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite main" >"$own/sources.list"
  cat >"$own/apt.conf" <<CONF
Dir::Etc::sourcelist "$own/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$own/lists";
Dir::Cache "$own/cache";
APT::Sandbox::User "$(id -un)";
CONF
  APT_CONFIG=$own/apt.conf apt-get update -q &&
    (cd "$work/source" && APT_CONFIG=$own/apt.conf apt-get source -q --download-only pgvector)
}
