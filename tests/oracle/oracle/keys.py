"""Ed25519 keys as did:key, and signatures as strictly as specs/acts.md judges them."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = "did:key:z"
MULTICODEC = b"\xed\x01"
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DIGIT = {letter: value for value, letter in enumerate(ALPHABET)}

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
IDENTITY = (0, 1, 1, 0)


def did(key):
    """32 bytes as did:key."""
    number = int.from_bytes(MULTICODEC + key, "big")
    letters = ""
    while number:
        number, rest = divmod(number, 58)
        letters = ALPHABET[rest] + letters
    return PREFIX + letters


@lru_cache(maxsize=1 << 20)
def key_of(name):
    """The 32 bytes of a did:key, or None when it is no did of an Ed25519 key."""
    if not name.startswith(PREFIX) or not 40 < len(name) < 80:
        return None
    number = 0
    for letter in name[len(PREFIX):]:
        if letter not in DIGIT:
            return None
        number = number * 58 + DIGIT[letter]
    if number >> 272:
        return None
    data = number.to_bytes(34, "big")
    if data[:2] != MULTICODEC or did(data[2:]) != name:
        return None
    return data[2:]


def _point(data):
    """The point of 32 bytes in extended coordinates, None unless canonical and on the curve."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
        if (v * x * x - u) % P:
            return None
    if x == 0 and sign:
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def _add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar, point):
    total = IDENTITY
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _is_identity(point):
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


@lru_cache(maxsize=1 << 20)
def proper(key):
    """Canonical, on the curve, not of small order, in the subgroup of prime order."""
    point = _point(key)
    if point is None or _is_identity(_times(8, point)):
        return False
    return _is_identity(_times(L, point))


def _encodings_of_small_order():
    """What R may not be: every encoding, canonical or not, of a point of order 1, 2, 4 or 8."""
    ys = {0, 1, P - 1}
    y = 2
    while True:  # the points of order 8 are found by clearing the prime from any other
        point = _point(y.to_bytes(32, "little"))
        y += 1
        if point is None:
            continue
        small = _times(L, point)
        if not _is_identity(_times(4, small)):
            inverse = pow(small[2], P - 2, P)
            ys |= {small[1] * inverse % P, -small[1] * inverse % P}
            break
    ys |= {y + P for y in ys if y + P < 1 << 255}
    return {(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)}


SMALL = _encodings_of_small_order()


def verify(key, signature, message):
    """Is this an Ed25519 signature: S below the order, R not of small order, no cofactor?"""
    if len(signature) != 64 or signature[:32] in SMALL:
        return False
    if int.from_bytes(signature[32:], "little") >= L:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
