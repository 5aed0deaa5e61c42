"""Which hosts may be asked: those of the public network only, unless the user allows others.

The networks are those of the registries of special-purpose addresses (IANA; RFC 6890 and its successors), and the
few addresses under which clouds tell their machines secrets.  `ipaddress` alone will not do: what it calls global
differs between releases of Python.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_SPECIAL: tuple[tuple[str, str], ...] = (
    ("cloud metadata", "169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200 168.63.129.16 192.0.0.192"),
    ("cloud metadata", "fd00:ec2::254 fd00:ec2::23 fd20:ce::254"),
    ("loopback", "127.0.0.0/8 ::1"),
    ("unspecified", "0.0.0.0/8 ::"),
    ("private", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10"),
    ("shared", "100.64.0.0/10"),
    ("link-local", "169.254.0.0/16 fe80::/10"),
    ("multicast", "224.0.0.0/4 ff00::/8"),
    ("documentation", "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20"),
    ("benchmarking", "198.18.0.0/15 2001:2::/48"),
    ("tunnel", "192.88.99.0/24 2001::/32 2002::/16"),
    ("reserved", "192.0.0.0/24 192.31.196.0/24 192.52.193.0/24 192.175.48.0/24 240.0.0.0/4 2001::/23 5f00::/16"),
)
"""What an address is, and where; the first that fits."""
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that has been given out so far."""
_HOLDS_4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""IPv4 written as IPv6, and IPv4 behind a translator: the last 32 bits are the address that is reached."""

_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024


def refusal(address: str) -> str | None:
    """What kind of address it is where it is none of the public network, else None.

    Raises:
        ValueError: when it is no numeric address.

    >>> refusal("127.0.0.1"), refusal("::ffff:10.0.0.1"), refusal("93.184.216.34")
    ('loopback', 'private', None)
    """
    return _kind(ip_address(address.partition("%")[0]))


def _kind(address: IPv4Address | IPv6Address) -> str | None:
    if any(address in network for network in _HOLDS_4):
        return _kind(IPv4Address(int(address) & 0xFFFFFFFF))
    found = next((kind for kind, network in _networks() if address in network), None)
    return found or ("reserved" if address.version == 6 and address not in _PUBLIC_6 else None)


def refused_port(port: int) -> str | None:
    """Why a port is not asked: below 1024 only those of the web are, as mail servers and the like take lines of ours.

    >>> refused_port(25), refused_port(8080)
    ('port 25 is not one of a web server', None)
    """
    return None if port in _WEB_PORTS or port >= _FIRST_FREE_PORT else f"port {port} is not one of a web server"


@cache
def _networks() -> tuple[tuple[str, IPv4Network | IPv6Network], ...]:
    return tuple((kind, ip_network(network)) for kind, networks in _SPECIAL for network in networks.split())
