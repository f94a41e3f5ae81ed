// Check checks a published ledger with the code of the Go checksum database,
// which shares nothing with this project but the formats.
//
//	check DIR [VKEY]... [-- [RECEIPT ENTRY]...]
//
// DIR is laid out as tlog-tiles.  Without keys, those of DIR/policy are taken.
// It prints "ok N records" and exits with 0, or says what is wrong.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// A cosigner verifies cosignature/v1, which package note does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	text := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, msg)
	return ed25519.Verify(c.key, []byte(text), sig[8:])
}

func newVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("%q is no key", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return note.NewVerifier(vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("%q has another id", vkey)
	}
	return &cosigner{parts[0], hash, key[1:]}, nil
}

// keysOf reads the keys of logs and witnesses from a policy.
func keysOf(policy string) (keys []string) {
	for _, line := range strings.Split(policy, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) >= 2 && words[0] == "log":
			keys = append(keys, words[1])
		case len(words) >= 3 && words[0] == "witness":
			keys = append(keys, words[2])
		}
	}
	return keys
}

func readSize(line string) (int64, error) {
	n, err := strconv.ParseInt(line, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != line {
		return 0, fmt.Errorf("%q is no number", line)
	}
	return n, nil
}

// openCheckpoint wants the signature of the log that the origin names.
func openCheckpoint(text []byte, keys []note.Verifier) (tree tlog.Tree, err error) {
	opened, err := note.Open(text, note.VerifierList(keys...))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 {
		return tree, errors.New("the checkpoint has not three lines")
	}
	signed := false
	for _, sig := range opened.Sigs {
		for _, key := range keys {
			_, witness := key.(*cosigner)
			signed = signed || !witness && sig.Name == lines[0] &&
				key.Name() == sig.Name && key.KeyHash() == sig.Hash
		}
	}
	if !signed {
		return tree, fmt.Errorf("%q did not sign its checkpoint", lines[0])
	}
	if tree.N, err = readSize(lines[1]); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// A ledger is what was rebuilt from the published entries alone.
type ledger struct {
	dir     string
	size    int64
	entries [][]byte
	hashes  []tlog.Hash
}

func (l *ledger) ReadHashes(indexes []int64) (out []tlog.Hash, err error) {
	for _, i := range indexes {
		if i >= int64(len(l.hashes)) {
			return nil, errors.New("a hash lies beyond the entries")
		}
		out = append(out, l.hashes[i])
	}
	return out, nil
}

// pathOf is the tile's name in tlog-tiles, which has no height in it.
func pathOf(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", t.H))
	if t.L == -1 {
		path = strings.Replace(path, "data/", "entries/", 1)
	}
	return "tile/" + path
}

func parsePath(path string) (tlog.Tile, error) {
	rest := strings.TrimPrefix(path, "tile/")
	rest = strings.Replace(rest, "entries/", "data/", 1)
	return tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", tileHeight, rest))
}

// readBundle reads W entries, from the full bundle where that is there.
func (l *ledger) readBundle(t tlog.Tile) error {
	data, err := os.ReadFile(filepath.Join(l.dir, pathOf(t)))
	if errors.Is(err, fs.ErrNotExist) {
		full := t
		full.W = 1 << tileHeight
		data, err = os.ReadFile(filepath.Join(l.dir, pathOf(full)))
	}
	if err != nil {
		return err
	}
	for i := 0; i < t.W; i++ {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return fmt.Errorf("%s is cut short", pathOf(t))
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		l.entries = append(l.entries, data[2:end])
		data = data[end:]
	}
	return nil
}

func widthAt(size, number int64) int {
	if left := size - number<<tileHeight; left < 1<<tileHeight {
		return int(left)
	}
	return 1 << tileHeight
}

func rebuild(dir string, size int64) (*ledger, error) {
	l := &ledger{dir: dir, size: size}
	for n := int64(0); n<<tileHeight < size; n++ {
		t := tlog.Tile{H: tileHeight, L: -1, N: n, W: widthAt(size, n)}
		if err := l.readBundle(t); err != nil {
			return nil, err
		}
	}
	for i, entry := range l.entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, l)
		if err != nil {
			return nil, err
		}
		l.hashes = append(l.hashes, hashes...)
	}
	return l, nil
}

// rootAt is the root that the first n entries have.
func (l *ledger) rootAt(n int64) (tlog.Hash, error) {
	if n == 0 {
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(n, l)
}

func (l *ledger) wanted(t tlog.Tile) ([]byte, error) {
	if t.L >= 0 {
		return tlog.ReadTileData(t, l)
	}
	var data []byte
	first := t.N << tileHeight
	for _, entry := range l.entries[first : first+int64(t.W)] {
		data = binary.BigEndian.AppendUint16(data, uint16(len(entry)))
		data = append(data, entry...)
	}
	return data, nil
}

// covers says whether a tile is of this size, and not of a larger one.
func (l *ledger) covers(t tlog.Tile) bool {
	n := l.size
	if t.L > 0 {
		n >>= tileHeight * t.L
	}
	return t.N<<tileHeight+int64(t.W) <= n
}

// checkFile compares one published tile with the entries.
func (l *ledger) checkFile(path string) error {
	t, err := parsePath(path)
	if err != nil {
		return fmt.Errorf("%s is no tile", path)
	}
	if !l.covers(t) {
		return nil
	}
	want, err := l.wanted(t)
	if err != nil {
		return fmt.Errorf("%s: %v", path, err)
	}
	data, err := os.ReadFile(filepath.Join(l.dir, path))
	if err == nil && !bytes.Equal(data, want) {
		err = fmt.Errorf("%s does not fit the entries", path)
	}
	return err
}

// checkTiles wants every tile of this size, and none that does not fit.
func (l *ledger) checkTiles() error {
	for _, t := range tlog.NewTiles(tileHeight, 0, l.size) {
		if t.W != widthAt(l.size>>(tileHeight*t.L), t.N) {
			continue // of a smaller size, which need not be kept
		}
		full := t
		full.W = 1 << tileHeight
		_, err := os.Stat(filepath.Join(l.dir, pathOf(t)))
		if err != nil {
			_, err = os.Stat(filepath.Join(l.dir, pathOf(full)))
		}
		if err != nil {
			return fmt.Errorf("%s is missing", pathOf(t))
		}
	}
	root := filepath.Join(l.dir, "tile")
	if _, err := os.Stat(root); err != nil && l.size == 0 {
		return nil
	}
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		path, err = filepath.Rel(l.dir, path)
		if err != nil {
			return err
		}
		return l.checkFile(filepath.ToSlash(path))
	})
}

type receipt struct {
	index      int64
	proof      tlog.RecordProof
	checkpoint []byte
}

func parseReceipt(text []byte) (r receipt, err error) {
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return r, errors.New("it is no receipt")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return r, errors.New("it has no index")
	}
	if r.index, err = readSize(lines[0][len("index "):]); err != nil {
		return r, err
	}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return r, err
		}
		r.proof = append(r.proof, hash)
	}
	r.checkpoint = []byte(checkpoint)
	return r, nil
}

// checkReceipt also wants the receipt's ledger to be the published one.
func (l *ledger) checkReceipt(file, entryFile string, keys []note.Verifier) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(entryFile)
	if err != nil {
		return err
	}
	r, err := parseReceipt(text)
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(r.checkpoint, keys)
	if err != nil {
		return err
	}
	leaf := tlog.RecordHash(entry)
	if err := tlog.CheckRecord(r.proof, tree.N, tree.Hash, r.index, leaf); err != nil {
		return err
	}
	if tree.N > l.size {
		return nil
	}
	root, err := l.rootAt(tree.N)
	if err == nil && root != tree.Hash {
		err = errors.New("it is of another history than the entries")
	}
	return err
}

func check(dir string, vkeys, receipts []string) (int64, error) {
	if len(vkeys) == 0 {
		policy, err := os.ReadFile(filepath.Join(dir, "policy"))
		if err != nil {
			return 0, err
		}
		vkeys = keysOf(string(policy))
	}
	var keys []note.Verifier
	for _, vkey := range vkeys {
		key, err := newVerifier(vkey)
		if err != nil {
			return 0, err
		}
		keys = append(keys, key)
	}
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return 0, err
	}
	tree, err := openCheckpoint(text, keys)
	if err != nil {
		return 0, fmt.Errorf("checkpoint: %v", err)
	}
	l, err := rebuild(dir, tree.N)
	if err != nil {
		return 0, err
	}
	if root, err := l.rootAt(tree.N); err != nil || root != tree.Hash {
		return 0, errors.New("the entries do not have the signed root")
	}
	if err := l.checkTiles(); err != nil {
		return 0, err
	}
	for i := 0; i+1 < len(receipts); i += 2 {
		err := l.checkReceipt(receipts[i], receipts[i+1], keys)
		if err != nil {
			return 0, fmt.Errorf("%s: %v", receipts[i], err)
		}
	}
	return tree.N, nil
}

func main() {
	var vkeys, receipts []string
	args := os.Args[1:]
	for i, arg := range args {
		if arg == "--" {
			args, receipts = args[:i], args[i+1:]
			break
		}
	}
	if len(args) == 0 || len(receipts)%2 != 0 {
		fmt.Fprintln(os.Stderr,
			"usage: check DIR [VKEY]... [-- [RECEIPT ENTRY]...]")
		os.Exit(2)
	}
	vkeys = args[1:]
	n, err := check(args[0], vkeys, receipts)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("ok %d records\n", n)
}
