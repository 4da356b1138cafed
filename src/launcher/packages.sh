# shellcheck shell=bash
# Installs what is missing, from Debian's packages and npm's; asks the network only then.

least_java=17
least_node=20.19
node_package_version=22.23.3
least_pgvector=0.8.4
# Where no newer suite can be read: this version's own source, by checksum.
pgvector_fallback=0.8.6
pgvector_fallback_sha256=25c9b78cfdaa43c66788d7490246ac24e4fe1c86f19c4b60c089b723f84a4a0d
apt_updated=''

export PATH=$target/node/node_modules/node/bin:$PATH

java_version() {
  { javac -version 2>/dev/null || true; } | awk '{ split($2, part, "."); print part[1] }'
}

have_java() {
  local version
  version=$(java_version)
  [ -n "$version" ] && [ "$version" -ge "$least_java" ]
}

have_node() {
  command -v npm >/dev/null && at_least "$(node --version 2>/dev/null | tr -d v)" "$least_node"
}

# Reads Debian's list of packages, once.
apt_update() {
  [ -z "$apt_updated" ] || return 0
  progress 'reading the list of packages'
  # Without the option it calls lists that it could not read a success.
  as_root apt-get update -q -o APT::Update::Error-Mode=any >>"$logs/packages.log" 2>&1 || return
  apt_updated=1
}

# Installs Debian packages, after one update of the lists.
apt_install() {
  command -v apt-get >/dev/null ||
    fail "$* missing, and this system has no apt-get" "Install: $*"
  has_root_rights ||
    fail "$* missing, and $(id -un) may not install it" "Ask somebody with root rights to run: apt-get install $*"
  apt_update ||
    fail "cannot read Debian's list of packages" \
      'The first start needs the network (later ones do not).' "Details: $logs/packages.log"
  progress "installing $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" \
    >>"$logs/packages.log" 2>&1 </dev/null ||
    fail "Debian's packages could not be installed: $*" "Details: $logs/packages.log"
}

# Unpacks a Debian package into a folder, beside the system; fails if it cannot be fetched.
apt_unpack() (
  mkdir -p "$2" && cd "$2" || exit
  { apt-get download -q "$1" || { apt_update && apt-get download -q "$1"; }; } >>"$logs/packages.log" 2>&1 &&
    dpkg-deb -x "$1"_*.deb . && rm -f "$1"_*.deb
)

ensure_java() {
  step 'Java'
  if ! have_java; then
    local package=openjdk-17-jdk-headless
    [ -n "$(apt-cache policy "$package" 2>/dev/null | sed -n 's/ *Candidate: *[0-9]/&/p')" ] ||
      package=default-jdk-headless
    apt_install "$package"
    have_java || fail "no JDK $least_java or newer is the default here" \
      'Choose one: update-alternatives --config javac (and java)'
    done_step "installed $(java_version)"
  fi
}

ensure_maven() {
  step 'Maven'
  if ! command -v mvn >/dev/null; then
    apt_install maven
    done_step 'installed'
  fi
}

ensure_node() {
  step 'Node'
  have_node && return
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    apt_install nodejs npm
  fi
  if ! have_node; then
    # Debian 12's own is older; npm carries the program itself as a package.
    local machine=x64
    [ "$(uname -m)" = x86_64 ] || machine=arm64
    progress "fetching $node_package_version"
    mkdir -p "$target/node/node_modules"
    npm install --prefix "$target/node" --no-audit --no-fund --ignore-scripts \
      "node@npm:node-linux-$machine@$node_package_version" >>"$logs/packages.log" 2>&1 ||
      fail "npm could not fetch Node $node_package_version" \
        'The first start needs the network (later ones do not).' "Details: $logs/packages.log"
    hash -r
  fi
  have_node || fail "Node is $(node --version 2>&1), older than $least_node" "Details: $logs/packages.log"
  done_step "installed $(node --version)"
}
