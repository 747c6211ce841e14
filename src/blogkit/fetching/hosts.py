"""Where a host is: on the internet, or on this machine and the networks around it.

A page of the internet may redirect to an address of the network that the reader sits in, whose
machines trust whoever is inside. So a host's own addresses are looked at, not its name, and the
address that was looked at is the one that is connected to.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from blogkit.errors import SourceError
from blogkit.language import Message

_OF_PROXIES = ipaddress.ip_network("198.18.0.0/15")
"""Meant for tests of networks: no machine has them, and proxies hand them out for hosts of the
internet that they look up themselves."""


def internet_addresses(host: str, port: int, asked: str, *, is_needed: bool = True) -> list[str]:
    """The addresses of a host, those to be tried first in front.

    Args:
        host: its name, or an address itself.
        port: the port that is meant.
        asked: what is fetched, as errors name it.
        is_needed: whether it must have one; a proxy may know hosts that this machine does not.

    Raises:
        SourceError: ``not-found``, if it has none and needs one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if not is_needed:
            return []
        message = Message("no host of the name {host} is known", host=host)
        raise SourceError("not-found", asked, message) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_private_host(address: str) -> bool:
    """Whether a web address is one of this machine or of a network nearby, as far as is known."""
    parts = urlsplit(address)
    try:
        found = internet_addresses(parts.hostname or "", parts.port or 80, address)
    except (SourceError, ValueError):
        return False
    return not all(map(is_public, found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, and not of this machine or a network nearby.

    >>> is_public("93.184.216.34"), is_public("192.168.1.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            return is_public(str(inner))
    return found in _OF_PROXIES or (found.is_global and not found.is_multicast)


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address behind one of a translator's (RFC 6052, 64:ff9b::/96)."""
    is_translated = address in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if is_translated else None


def is_proxied(scheme: str, host: str) -> bool:
    """Whether a proxy that the environment names asks for us, and so looks the host up itself."""
    from urllib.request import getproxies, proxy_bypass

    return scheme in getproxies() and not proxy_bypass(host)
