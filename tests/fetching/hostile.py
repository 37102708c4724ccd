"""Addresses that must reach nothing inside, with the code of the refusal each gets.

`address` ones parse: the host they lead to is judged when it is looked up.
"""

CANARY_PORTS = (80, 443, 8080, 8443)
LITERAL = "host"  # a number that is no plain IPv4 address
HOSTILE: list[tuple[str, str]] = [
    # this machine and its networks, as they are usually written
    *((f"http://{host}/", "address") for host in (
        "127.0.0.1", "127.0.0.1:8080", "127.1.2.3", "127.255.255.254", "localhost", "LOCALHOST",
        "[::1]", "[::1]:8443", "[0:0:0:0:0:0:0:1]", "[::]", "0.0.0.0", "0.1.2.3", "10.0.0.5", "10.255.255.255",
        "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "169.254.169.254", "169.254.0.1",
        "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.7", "203.0.113.7", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    )),
    # IPv6 forms that carry or mean something inside
    *((f"http://[{host}]/", "address") for host in (
        "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.5", "::ffff:169.254.169.254", "0:0:0:0:0:ffff:a00:5",
        "::127.0.0.1", "::7f00:1", "::10.0.0.5", "64:ff9b::127.0.0.1", "64:ff9b::a00:5", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:5::1", "2002:a9fe:a9fe::", "2001::1", "2001:0:7f00:1::",
        "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "100::1", "fc00::1", "fd00:ec2::254", "fe80::1",
        "febf::1", "fec0::1", "ff02::1", "ff0e::1", "ff05::2", "4000::1", "8000::1", "5f00::1", "1::1",
        "0:0:0:0:0:0:0:0", "::ffff:0:127.0.0.1",
    )),
    # IPv4 in other writings
    *((f"http://{host}/", LITERAL) for host in (
        "2130706433", "0x7f000001", "0x7f.0x0.0x0.0x1", "017700000001", "0177.0.0.1", "0177.0.0.01", "127.1",
        "127.0.1", "0x7f.1", "10.5", "0xa.5", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518",
        "127.0.0.0x1", "127.0.0.01", "00127.0.0.1", "4294967295", "0", "1", "127.0.0.1.1", "0x", "1e1.1", "127.0x0.1",
    )),
    # other scripts' digits and dots, which become plain ones
    *((f"http://{host}/", "address") for host in (
        "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "loc\u00adalhost", "ＬＯＣＡＬＨＯＳＴ", "⑩.⓪.⓪.⑤",
    )),
    # names that lead inside
    *((f"http://{host}/", "address") for host in (
        "canary.test", "metadata.test", "inside.test", "both.test", "six.test", "mapped.test", "CANARY.TEST",
        "canary.test.", "nat.test", "linked.test", "own.test", "six-own.test", "93.184.216.1",
        "[2606:2800:220:1::2]", "[::ffff:93.184.216.1]", "168.63.129.16",
    )),
    # who is asked for
    *((f"http://{who}@{host}/", "userinfo") for who, host in (
        ("public.test", "127.0.0.1"), ("user:secret", "canary.test"), ("", "127.0.0.1"), ("public.test%20", "[::1]"),
        ("127.0.0.1:80", "public.test"),
    )),
    ("http://public.test:80@127.0.0.1:80/", "userinfo"),
    ("http://127.0.0.1:80#@public.test/", "address"),
    ("http://127.0.0.1?@public.test/", "address"),
    ("http://127.0.0.1/@public.test/", "address"),
    ("http://127.0.0.1;public.test/", "host"),
    ("http://127.0.0.1,public.test/", "host"),
    # characters that parsers read in different ways
    *((url, "characters") for url in (
        "http://public.test\\@127.0.0.1/", "http://127.0.0.1\\.public.test/", "http:\\\\127.0.0.1/",
        "http://public.test\r\nHost: 127.0.0.1/", "http://public.test/\r\n\r\nGET / HTTP/1.1", "http://public.test\t/",
        "http://127.0.0.1 /", " http://127.0.0.1/", "http://127.0.0.1\u0000.public.test/", "http://public.test/\u2028",
        "http://12\u200b7.0.0.1/", "http://\u202e1.0.0.721/", "\ufeffhttp://127.0.0.1/", "http://public.test/\x7f",
        "http://public.test:80\n/", "h\nttp://127.0.0.1/",
    )),
    # names that are none
    *((f"http://{host}/", "host") for host in (
        "", ".", "..", "a..test", "-a.test", "a-.test", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "%6cocalhost",
        "[::1", "[127.0.0.1]", "[::1%25eth0]", "[fe80::1%25lo]", "[v1.x]", "a" * 64 + ".test", "a.test'", "a$.test",
        "xn--\u00fc.test", "a" * 300,
    )),
    # what is not fetched from, or not by
    *((f"http://public.test:{port}/", "port") for port in (0, 21, 22, 25, 81, 1080, 5432, 6379, 8000, 9200, 65535)),
    ("http://public.test:/", "port"), ("http://public.test:65536/", "host"), ("http://public.test:-80/", "host"),
    ("http://public.test:80a/", "host"),
    *((url, "scheme") for url in (
        "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "data:text/html,x", "javascript:alert(1)", "jar:http://x!/",
        "ws://127.0.0.1/", "//127.0.0.1/", "127.0.0.1", "public.test", "", "about:blank", "unix:/run/x.sock",
    )),
    ("http://localhost./", "name"), ("http://nowhere.test/", "name"),
    ("http:127.0.0.1/", "host"), ("http:/127.0.0.1/", "host"), ("http:///127.0.0.1/", "host"),
    ("https://public.test/" + "a" * 2000, "length"),
]  # fmt: skip

# What a public host sends a fetch on to, by the path that answers so, and how the fetch ends. `{n}` is the status.
INSIDE = ("http://127.0.0.1/", "http://[::1]:8080/", "http://10.0.0.5/", "http://169.254.169.254/latest/meta-data/")
REDIRECTS: dict[str, tuple[int, str, str]] = {
    **{f"/to-{n}-{place}": (n, url, "address") for n in (301, 302, 303, 307, 308) for place, url in enumerate(INSIDE)},
    "/relative": (302, "//127.0.0.1/", "address"),
    "/name": (302, "http://canary.test/", "address"),
    "/both": (302, "http://both.test/", "address"),
    "/file": (302, "file:///etc/passwd", "scheme"),
    "/gopher": (302, "gopher://127.0.0.1:6379/_INFO", "scheme"),
    "/user": (302, "http://public.test@127.0.0.1/", "userinfo"),
    "/number": (302, "http://2130706433/", "host"),
    "/port": (302, "http://public.test:6379/", "port"),
    "/break": (302, "http://127.0.0.1\\@public.test/", "characters"),
    "/chain": (302, "/to-302-0", "address"),
    "/round": (302, "/round", "redirects"),
    "/rebound": (302, "http://rebound.test/", "address"),
    "/tls": (302, "https://127.0.0.1:8443/", "address"),
}
