# Sourced: installs Debian packages where that is allowed, and says why where it is not.
# TROTH_SYSTEM_PACKAGES=no forbids it.

# install_packages PACKAGE...: 0 when they are installed now; else 1, the reason in $reason.
install_packages() {
    if [ "${TROTH_SYSTEM_PACKAGES:-yes}" = no ]; then
        reason="TROTH_SYSTEM_PACKAGES=no forbids installing it"
    elif ! command -v apt-get >/dev/null 2>&1; then
        reason="this system has no apt-get to install it with"
    elif [ "$(id -u)" -ne 0 ]; then
        reason="only root may install it; run: sudo apt-get install $*"
    else
        echo "Installing $* ..."
        apt_install "$@" || { apt_get update && apt_install "$@"; } && return 0
        reason="apt-get could not install it; the output above says why"
    fi
    return 1
}

apt_install() { apt_get install --yes --no-install-recommends "$@"; }

apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1 ||
        { tail -n 20 "$log"; return 1; }
}

reason="installed, but not found"
PATH=$PATH:/usr/sbin:/sbin # dpkg needs what is there
log=$(mktemp)
trap 'rm -f "$log"' EXIT
