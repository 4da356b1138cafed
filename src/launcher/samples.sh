# shellcheck shell=bash
# The sample collections: Debian's FAQ in English and Chinese, with questions that the page offers.

ensure_samples() {
  step 'Sample documents'
  local stamp
  stamp=$run_folder/samples-private
  if [ "$KVASIR_DATABASE_URL" != "$(cat "$database_url_file" 2>/dev/null)" ]; then
    stamp=$run_folder/samples-$(printf '%s' "$KVASIR_DATABASE_URL" | sed 's|//[^@]*@|//|' | cksum | cut -d ' ' -f 1)
  fi
  [ ! -e "$stamp" ] || return 0
  if load_sample debian-faq debian-faq-en en && load_sample debian-faq-zh-cn debian-faq-zh zh; then
    : >"$stamp"
    done_step 'the Debian FAQ in English and Chinese'
  else
    [ -z "$watched" ] || printf '\r\033[K'
    say "! The sample documents (Debian's FAQ) cannot be had: $sample_problem"
    say '  Kvasir starts without them; the next ./kvasir up tries again. Your own: ./kvasir ingest PATH…'
  fi
}

# Fetches a Debian package, unpacks it beside the system and ingests its pages.
load_sample() {
  local package=$1 collection=$2 language=$3 folder=$cache/$1 pages
  if [ ! -d "$folder/unpacked" ]; then
    if ! command -v apt-get >/dev/null; then
      sample_problem='this system has no apt-get'
      return 1
    fi
    progress "fetching $package"
    rm -rf "$folder"
    if ! apt_unpack "$package" "$folder/part"; then
      sample_problem="apt-get cannot download $package (see $logs/packages.log)"
      return 1
    fi
    mv "$folder/part" "$folder/unpacked"
  fi
  pages=$(find "$folder/unpacked" -name 'index.*.html' -printf '%h\n' | head -n 1)
  rm -rf "$folder/pages"
  mkdir -p "$folder/pages"
  find "$pages" -maxdepth 1 -type f -name '*.html' ! -name 'index*' -exec cp {} "$folder/pages" \;
  progress "reading $collection"
  if ! (run_program ingest "$folder/pages" --collection "$collection" --language "$language" --quiet \
    --examples "$root/src/launcher/examples-$language.json" --server "http://$probe_host:$server_port") \
    >"$logs/samples.log" 2>&1; then
    sample_problem="$(grep -m 1 '^kvasir' "$logs/samples.log" || tail -n 1 "$logs/samples.log")"
    return 1
  fi
}
