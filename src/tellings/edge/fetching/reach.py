"""Which addresses of the internet protocol are asked: those of the whole internet, and none of this machine or network.

A page can lead anywhere, and a name can stand for any address, also for another one a moment later. So it is the
address that is connected to which is looked at, each time.
"""

from __future__ import annotations

import ipaddress

#: Addresses of IPv6 that a gateway turns into the one of IPv4 in their last bits (RFC 6052, 2.1).
_GATEWAY = ipaddress.IPv6Network("64:ff9b::/96")
#: Those of gateways of one's own network (RFC 8215).
_OWN_GATEWAY = ipaddress.IPv6Network("64:ff9b:1::/48")


def is_public(written: str) -> bool:
    """Whether an address, as the system writes it, is one of the whole internet.

    Not those that are private, of the machine itself, of its link, shared, reserved, or of many at once (RFC 6890); nor
    those of IPv6 that lead to such a one of IPv4. A zone ("fe80::1%eth0") is of a link.
    """
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return _is_global(address)
    # Those that stand for an address of IPv4, and nothing else.
    if address.ipv4_mapped is not None:
        return _is_global(address.ipv4_mapped)
    if address in _GATEWAY:
        return _is_global(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.scope_id or address.is_site_local or address in _OWN_GATEWAY:
        return False
    # Those that are tunnels to one (RFC 3056, RFC 4380).
    ends = (address.sixtofour, *(address.teredo or ()))
    return _is_global(address) and all(_is_global(end) for end in ends if end is not None)


def _is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
