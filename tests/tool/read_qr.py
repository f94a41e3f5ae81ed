"""Read the QR codes of a drawing back, by ISO/IEC 18004 and no code of ours.

    python3 tests/tool/read_qr.py DRAWING.svg

prints what each code says, a line each.  Every module must be as it should be:
nothing is corrected, and the codewords that would correct must be right too.
"""

import re
import sys

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

# By version from 1: codewords in all, and for L, M, Q, H the data codewords of
# each block as (blocks, codewords), ...
BLOCKS = [
    (26, [(1, 19)], [(1, 16)], [(1, 13)], [(1, 9)]),
    (44, [(1, 34)], [(1, 28)], [(1, 22)], [(1, 16)]),
    (70, [(1, 55)], [(1, 44)], [(2, 17)], [(2, 13)]),
    (100, [(1, 80)], [(2, 32)], [(2, 24)], [(4, 9)]),
    (134, [(1, 108)], [(2, 43)], [(2, 15), (2, 16)], [(2, 11), (2, 12)]),
    (172, [(2, 68)], [(4, 27)], [(4, 19)], [(4, 15)]),
    (196, [(2, 78)], [(4, 31)], [(2, 14), (4, 15)], [(4, 13), (1, 14)]),
    (242, [(2, 97)], [(2, 38), (2, 39)], [(4, 18), (2, 19)], [(4, 14), (2, 15)]),
    (292, [(2, 116)], [(3, 36), (2, 37)], [(4, 16), (4, 17)], [(4, 12), (4, 13)]),
    (346, [(2, 68), (2, 69)], [(4, 43), (1, 44)], [(6, 19), (2, 20)], [(6, 15), (2, 16)]),
    (404, [(4, 81)], [(1, 50), (4, 51)], [(4, 22), (4, 23)], [(3, 12), (8, 13)]),
    (466, [(2, 92), (2, 93)], [(6, 36), (2, 37)], [(4, 20), (6, 21)], [(7, 14), (4, 15)]),
    (532, [(4, 107)], [(8, 37), (1, 38)], [(8, 20), (4, 21)], [(12, 11), (4, 12)]),
]
ALIGNED = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42],
           [6, 26, 46], [6, 28, 50], [6, 30, 54], [6, 32, 58], [6, 34, 62]]
MASKS = [
    lambda r, c: (r + c) % 2, lambda r, c: r % 2, lambda r, c: c % 3,
    lambda r, c: (r + c) % 3, lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3, lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
]


def squares(path):
    """The modules that a path draws, as rows of 0 and 1."""
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)]
    left, top = min(x for x, _, _ in runs), min(y for _, y, _ in runs)
    side = max(x + n for x, _, n in runs) - left
    rows = [[0] * side for _ in range(side)]
    for x, y, n in runs:
        for k in range(n):
            rows[y - top][x - left + k] = 1
    return rows


def form(rows):
    """Level (0 is L, 3 is H) and mask, from the bits around the first finder."""
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    bits = 0
    for r, c in places:
        bits = bits << 1 | rows[r][c]
    bits ^= 0x5412
    rest = bits
    for i in range(14, 9, -1):
        if rest >> i & 1:
            rest ^= 0x537 << i - 10
    assert rest == 0, "the format's own check"
    return {1: 0, 0: 1, 3: 2, 2: 3}[bits >> 13], bits >> 10 & 7


def reserved(side, version):
    """Where no data stands: finders, timing, alignment, format and version."""
    taken = set()

    def box(top, left, height, width):
        taken.update((r, c) for r in range(top, top + height) for c in range(left, left + width))

    box(0, 0, 9, 9)
    box(0, side - 8, 9, 8)
    box(side - 8, 0, 8, 9)
    box(6, 0, 1, side)
    box(0, 6, side, 1)
    centres = ALIGNED[version - 1]
    for r in centres:
        for c in centres:
            if (r, c) not in ((6, 6), (6, side - 7), (side - 7, 6)):
                box(r - 2, c - 2, 5, 5)
    if version >= 7:
        box(0, side - 11, 6, 3)
        box(side - 11, 0, 3, 6)
    return taken


def codewords(rows, version, mask):
    side, taken = len(rows), reserved(len(rows), version)
    bits, column, up = [], side - 1, True
    while column > 0:
        column -= column == 6
        for k in range(side):
            r = side - 1 - k if up else k
            bits += [rows[r][c] ^ (MASKS[mask](r, c) == 0)
                     for c in (column, column - 1) if (r, c) not in taken]
        up, column = not up, column - 2
    return [int("".join(map(str, bits[i:i + 8])), 2) for i in range(0, len(bits) - 7, 8)]


def times(a, b):
    """In the field of 256 elements."""
    product = 0
    while b:
        product ^= a * (b & 1)
        a, b = a << 1 ^ (0x11D if a & 0x80 else 0), b >> 1
    return product


def sound(block, n):
    """The block is a multiple of the generator: n powers of 2 are its roots."""
    power = 1
    for _ in range(n):
        value = 0
        for word in block:
            value = times(value, power) ^ word
        if value:
            return False
        power = times(power, 2)
    return True


def data(words, version, level):
    total, layout = BLOCKS[version - 1][0], BLOCKS[version - 1][1 + level]
    sizes = [size for n, size in layout for _ in range(n)]
    spare = (total - sum(sizes)) // len(sizes)
    blocks, rest = [[] for _ in sizes], iter(words)
    for length in [range(max(sizes)), range(spare)]:
        for i in length:
            for block, size in zip(blocks, sizes):
                if len(block) >= size or i < size:
                    block.append(next(rest))
    assert all(sound(block, spare) for block in blocks), "the codewords that correct"
    return [word for block, size in zip(blocks, sizes) for word in block[:size]]


def say(rows):
    version = (len(rows) - 17) // 4
    level, mask = form(rows)
    bits = "".join(format(word, "08b") for word in data(codewords(rows, version, mask), version, level))
    width = 9 if version < 10 else 11
    assert bits[:4] == "0010", "alphanumeric mode"
    n, at, text = int(bits[4:4 + width], 2), 4 + width, ""
    for _ in range(n // 2):
        pair, at = int(bits[at:at + 11], 2), at + 11
        text += LETTERS[pair // 45] + LETTERS[pair % 45]
    return text + (LETTERS[int(bits[at:at + 6], 2)] if n % 2 else "")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as drawing:
        for path in re.findall(r'<path d="([^"]*)"/>', drawing.read()):
            print(say(squares(path)))
