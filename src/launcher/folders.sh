# shellcheck shell=bash
# Where things are, and who we are.

# File names and output are UTF-8, whatever the shell that started us was set to.
case $(locale charmap 2>/dev/null || true) in
  UTF-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

if [ -n "${KVASIR_DATA_DIR:-}" ]; then
  data=$(readlink -m "$KVASIR_DATA_DIR")
elif [ "$(id -u)" -eq 0 ]; then
  # PostgreSQL refuses to run as root, and no other user can reach root's home.
  data=/var/lib/kvasir
else
  data=${XDG_DATA_HOME:-$HOME/.local/share}/kvasir
fi
export KVASIR_DATA_DIR=$data
export KVASIR_MODELS_SHIPPED=${KVASIR_MODELS_SHIPPED:-$root/models}

run_folder=$data/run
logs=$data/logs
cache=$data/cache
target=$root/target

# Makes the data folder; only its owner may read what is secret in it.
make_folders() {
  step 'Data folder'
  mkdir -p "$run_folder" "$logs" "$cache" 2>/dev/null ||
    fail "cannot write to $data" "Give it to $(id -un), or name another: KVASIR_DATA_DIR=FOLDER ./kvasir up"
  [ -w "$run_folder" ] ||
    fail "$data belongs to $(stat -c %U "$data")" \
      "Run this as that user, or name another folder: KVASIR_DATA_DIR=FOLDER ./kvasir up"
}

# The value of a setting in the settings file, or nothing.
written_setting() {
  local file=$data/kvasir.properties
  [ ! -f "$file" ] || sed -n "s/^[[:space:]]*${1//./\\.}[[:space:]]*[=:][[:space:]]*//p" "$file" | tail -n 1
}

# Puts a setting into the settings file, in place of what stood there; without a value it goes.
write_setting() {
  local file=$data/kvasir.properties others=''
  [ ! -f "$file" ] || others=$(sed "/^[[:space:]]*${1//./\\.}[[:space:]]*[=:]/d" "$file")
  (
    # An address of a database has a password in it.
    umask 077
    {
      [ -z "$others" ] || printf '%s\n' "$others"
      [ -z "${2:-}" ] || printf '%s=%s\n' "$1" "$2"
    } >"$file.part"
  )
  mv "$file.part" "$file"
}

# Whether we may do what only root may; sudo asks for the password here, where it is seen.
has_root_rights() {
  [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -v 2>>"$logs/packages.log"; }
}

# Runs a command as root: as it is, or with sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    return 126
  fi
}
