# The newer suites of the Debian archive, for machines that can reach nothing but their apt mirror.
# A private apt configuration in the cache: the system's own sources, lists and packages stay as they
# are. Source this file; `private_apt SUITE apt-get …` runs apt on the lists of SUITE alone.

SKEIN_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/skein"

# The archive that this machine's own apt is set up with, from either format of its sources.
debian_archive_uri() {
  local codename
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
      sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) \([^ ]*\) .*/\2 \3/p'
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
      awk '/^URIs:/ { uri = $2 } /^Suites:/ { print uri, $2 }'
  } | awk -v codename="$codename" '$2 == codename || $2 == "stable" || $2 == "sid" { print $1; exit }'
}

private_apt() {
  local suite=$1 tool=$2 root uri keyring
  shift 2
  root="$SKEIN_CACHE/apt/$suite"
  if [ ! -e "$root/ready" ] || [ -n "$(find "$root/ready" -mtime +1)" ]; then
    uri=$(debian_archive_uri)
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    if [ -z "$uri" ] || [ ! -e "$keyring" ]; then
      echo "this machine's apt is not set up with a Debian archive" >&2
      return 1
    fi
    mkdir -p "$root/lists/partial" "$root/cache/archives/partial"
    printf '%s [signed-by=%s] %s %s main\n' deb "$keyring" "$uri" "$suite" \
      deb-src "$keyring" "$uri" "$suite" >"$root/sources.list"
    private_apt_call "$root" apt-get -qq update || return 1
    touch "$root/ready"
  fi
  private_apt_call "$root" "$tool" "$@"
}

private_apt_call() {
  local root=$1 tool=$2
  shift 2
  "$tool" -o Dir::Etc::SourceList="$root/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$root/lists" -o Dir::Cache="$root/cache" -o APT::Sandbox::User=root \
    -o Acquire::Retries=3 "$@"
}
