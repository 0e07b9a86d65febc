#!/usr/bin/env python3
"""Submit a record to a node, and prove the receipt. Python 3.9 or newer, standard library; signatures by the openssl command, 3.0 or newer.

  submit.py RECORD.json                        the whole way: query, sign, submit, receipt, verdict, refusals
  submit.py --receipt STATEMENT.jws RECEIPT.jws   offline: does this receipt prove that this statement was taken in?

TONGHENG_NODE     address of the node, without a trailing slash
TONGHENG_NODE_ID  its id, as its operator states it (default: the address)
TONGHENG_ISS      your 统一社会信用代码
TONGHENG_KEY      your key file (JWK, ES256), as `tongheng keygen` writes it
TONGHENG_TRUST    trust file with the root keys you pinned (anchors) and the trust lists
"""
import base64, hashlib, json, os, re, secrets, subprocess, sys, tempfile, time
import urllib.error, urllib.parse, urllib.request
from pathlib import Path


class Refused(Exception):
    """What came does not prove what it should."""


class Problem(Exception):
    """The node refused: an RFC 9457 problem. `code` is stable, `text` has Chinese and English, `checks` every reason."""

    def __init__(self, status, body):
        super().__init__(body.get("title"))
        self.status, self.body = status, body


# ---------- octets: RFC 4648 §5, without padding, in its only spelling

def b64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def unb64url(text):
    octets = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64url(octets) != text:  # Python skips foreign characters and ignores unused bits; two texts must not be one signature
        raise Refused("not base64url in its only spelling")
    return octets


def sha256(octets):
    return hashlib.sha256(octets).digest()


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# ---------- keys and signatures
# openssl reads DER, the files are JWK. The DER of a P-256 key is a constant head and the octets of the JWK:
PKCS8 = bytes.fromhex("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420")  # then d
SPKI = {
    "P-256": bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"),  # then x and y
    "Ed25519": bytes.fromhex("302a300506032b6570032100"),  # then x
}


def thumbprint(jwk):
    """RFC 7638: SHA-256 over the required members, in this order, without a space. It is the kid."""
    return b64url(sha256(compact({name: jwk[name] for name in ("crv", "kty", "x", "y") if name in jwk})))


def openssl(args, stdin=None, **files):
    with tempfile.TemporaryDirectory() as folder:
        for name, octets in files.items():
            Path(folder, name).write_bytes(octets)
        return subprocess.run(["openssl", *args], cwd=folder, input=stdin, capture_output=True)


def sign(typ, payload, jwk):
    """Compact JWS (RFC 7515 §7.1) with ES256. The header has these three members and no other."""
    if jwk.get("crv") != "P-256":
        raise SystemExit("this example signs with ES256 keys (P-256)")
    header = compact({"alg": "ES256", "kid": thumbprint(jwk), "typ": typ})
    signing_input = f"{b64url(header)}.{b64url(payload)}"
    # The private key goes through a pipe: it must not lie in a temporary file.
    done = openssl(["dgst", "-sha256", "-sign", "/dev/stdin", "-keyform", "DER", "data"], PKCS8 + unb64url(jwk["d"]), data=signing_input.encode())
    if done.returncode != 0:
        raise SystemExit(done.stderr.decode())
    return f"{signing_input}.{b64url(raw_of_der(done.stdout))}"


def raw_of_der(der):
    """openssl writes SEQUENCE { INTEGER r, INTEGER s }; a JWS has r‖s, 32 octets each (RFC 7518 §3.4)."""
    r_end = 4 + der[3]
    r, s = der[4:r_end], der[r_end + 2:]
    return b"".join(int.from_bytes(n, "big").to_bytes(32, "big") for n in (r, s))


def der_of_raw(raw):
    def integer(half):
        n = int.from_bytes(half, "big")
        octets = n.to_bytes(n.bit_length() // 8 + 1, "big")  # the highest bit is a sign in DER
        return bytes([2, len(octets)]) + octets

    body = integer(raw[:32]) + integer(raw[32:])
    return bytes([0x30, len(body)]) + body


def is_signed_by(jwk, alg, data, signature):
    """The key says which algorithm it is for, never the message alone (RFC 8725 §3.1)."""
    if jwk.get("crv") not in SPKI or alg != {"P-256": "ES256", "Ed25519": "Ed25519"}[jwk["crv"]] or len(signature) != 64:
        return False
    key = SPKI[jwk["crv"]] + unb64url(jwk["x"]) + (unb64url(jwk["y"]) if "y" in jwk else b"")
    args = ["pkeyutl", "-verify", "-pubin", "-inkey", "key", "-keyform", "DER", "-rawin", "-in", "data", "-sigfile", "signature"]
    if alg == "ES256":
        args, signature = [*args, "-digest", "sha256"], der_of_raw(signature)
    return openssl(args, key=key, data=data, signature=signature).returncode == 0


def parse(text, typ):
    """Header, payload (neither trusted yet), signing input and signature of a compact JWS of this type."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", text):
        raise Refused("not a compact JWS")
    first, second, third = text.split(".")
    header = json.loads(unb64url(first))
    if set(header) != {"alg", "kid", "typ"} or header["typ"] != typ:
        raise Refused(f"not a {typ}")
    return header, json.loads(unb64url(second)), f"{first}.{second}".encode(), unb64url(third)


def statement_id(statement):
    """SHA-256 over type and payload segment: the same however often and by whomever it is signed."""
    return b64url(sha256(b"metrology-record+jwt." + statement.split(".")[1].encode()))


def ulid(seconds):
    """48 bits of milliseconds and 80 random bits, in 26 characters of Crockford's base 32."""
    n = int(seconds * 1000) << 80 | secrets.randbits(80)
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[n >> shift & 31] for shift in range(125, -1, -5))


# ---------- the node

class Node:
    def __init__(self, url, node_id, iss, jwk):
        self.url, self.id, self.iss, self.jwk = url, node_id, iss, jwk
        self.offset = 0  # what our clock lacks, once the node said so

    def now(self):
        return int(time.time()) + self.offset

    def token(self, method, uri, body):
        claims = {
            "iss": self.iss,
            "aud": self.id,
            "iat": self.now(),
            "exp": self.now() + 120,  # the most that is allowed
            "jti": b64url(secrets.token_bytes(16)),  # good once: a retry needs a new one
            "htm": method,
            "uri": uri,  # absolute, with the query, percent-encoded exactly as it is sent
            "dig": b64url(sha256(body)),  # always there, also for no body
        }
        return sign("metrology-request+jwt", compact(claims), self.jwk)

    def call(self, method, path, body=b"", media_type=None, signed=True, signed_body=None):
        """Status and body of the answer. @raises Problem"""
        uri = self.url + path
        request = urllib.request.Request(uri, method=method, data=body or None)
        if media_type:
            request.add_header("Content-Type", media_type)
        if signed:
            request.add_header("Authorization", f"Metrology {self.token(method, uri, body if signed_body is None else signed_body)}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            text = error.read()
            if error.headers.get_content_type() != "application/problem+json":
                raise SystemExit(f"{error.code}: {text[:200]!r}") from None
            problem = Problem(error.code, json.loads(text))
        if problem.body["code"] == "request.clock" and self.offset == 0:
            self.offset = problem.body["offset"]  # once: a node that says so twice is wrong itself
            print(f"时钟 clock: 本机相差 off by {self.offset} s; 应校时 set your clock", file=sys.stderr)
            return self.call(method, path, body, media_type, signed, signed_body)
        raise problem


# ---------- what a receipt proves

def open_trust_list(signed, anchors):
    """
    Payload of a trust list that as many of the pinned root keys signed as the anchor wants. `tongheng trust` does more: it walks from
    version to version, takes no older one than it has seen, and follows changed roots.
    """
    segments = {text.split(".")[1] for text in signed}
    if len(segments) != 1:
        raise Refused("the signatures of the trust list are not over one payload")
    payload = parse(signed[0], "metrology-trust-list+jwt")[1]
    anchor = next((one for one in anchors if one["authority"] == payload["iss"]), None)
    if anchor is None or payload["region"] != anchor["region"]:
        raise Refused(f"no root keys are pinned for {payload['iss']}")
    good = set()
    for jwk in anchor["keys"]:
        for header, _, data, signature in (parse(text, "metrology-trust-list+jwt") for text in signed):
            if header["kid"] == thumbprint(jwk) and is_signed_by(jwk, header["alg"], data, signature):
                good.add(thumbprint(jwk))  # two signatures by one key count once
    if len(good) < max(1, anchor["threshold"]):
        raise Refused(f"{len(good)} of {anchor['threshold']} root keys signed the trust list")
    return payload


def verify_receipt(receipt, statement, iss, trust_list):
    """Claims of a receipt that the authority of this trust list gave `iss` for this statement. @raises Refused"""
    header, claims, data, signature = parse(receipt, "metrology-receipt+jwt")
    # 1. Signed by a key of the authority, listed for receipts, good at the time.
    entity = next((one for one in trust_list["entities"] if one["uscc"] == claims["iss"] == trust_list["iss"]), {"keys": []})
    key = next((one for one in entity["keys"] if thumbprint(one["jwk"]) == header["kid"]), None)
    if key is None or "metrology-receipt+jwt" not in key["typ"]:
        raise Refused("no key of the authority signed the receipt")
    revoked = key.get("revoked")
    if not key["notBefore"] <= claims["iat"] <= key["notAfter"] or (revoked and (revoked["retroactive"] or claims["iat"] >= revoked["at"])):
        raise Refused("the key was not good at the time of the receipt")
    if not is_signed_by(key["jwk"], header["alg"], data, signature):
        raise Refused("the signature of the receipt is not valid")
    # 2. About this statement, to us. A receipt for another one proves nothing for this one.
    if claims["sub"] != statement_id(statement) or claims["aud"] != iss:
        raise Refused("the receipt is for another statement or another sender")
    # 3. In the log, under a checkpoint that the log's own key signed. A node without a log key gives no place.
    place = claims.get("log")
    if place is not None:
        size, root = open_checkpoint(place["checkpoint"], trust_list["logs"])
        leaf = sha256(b"\0" + unb64url(claims["sub"]))
        if not is_included(place["index"], size, leaf, [unb64url(part) for part in place["proof"]], root):
            raise Refused("the inclusion proof does not lead to the root of the checkpoint")
    return claims


def open_checkpoint(note, logs):
    """Size and root of a checkpoint (C2SP tlog-checkpoint, signed-note) that a listed log signed. @raises Refused"""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"  # the signature is over the text with its last line break
    origin, size, root = text.split("\n")[:3]
    jwk = next((log["key"] for log in logs if log["origin"] == origin), None)
    if jwk is None:
        raise Refused(f"the trust list has no log {origin}")
    # Key id: the first four octets of SHA-256 over name, line break, 0x01 for Ed25519, and the key.
    key_id = sha256(origin.encode() + b"\n\x01" + unb64url(jwk["x"]))[:4]
    for line in signatures.splitlines():
        octets = base64.b64decode(line[len(f"— {origin} "):]) if line.startswith(f"— {origin} ") else b""
        if octets[:4] == key_id and is_signed_by(jwk, "Ed25519", text.encode(), octets[4:]):
            return int(size), base64.b64decode(root)
    raise Refused("the log has not signed the checkpoint")


def is_included(index, size, leaf, proof, root):
    """RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0 or len(p) != 32:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\1" + p + r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def tell_receipt(claims):
    place = claims.get("log")
    where = f"日志第 {place['index']} 项 entry {place['index']} of the log" if place else "节点没有日志 the node keeps no log"
    print(f"回执 receipt: verified {claims['decision']}; {where}")


def tell_checks(checks):
    for check in checks:
        print(f"  {check['status']} {check['code']} {check.get('path', '')}\n    {check['message']['zh']}\n    {check['message']['en']}")


def tell_problem(problem):
    print(f"拒绝 refused: {problem.status} {problem.body['code']}\n    {problem.body['text']['zh']}\n    {problem.body['text']['en']}")
    tell_checks(check for check in problem.body.get("checks", []) if check["status"] == "fail")


# ---------- the whole way

def submit(file, node, anchors):
    jws = {"media_type": "application/jose"}
    text = Path(file).read_text("utf-8").strip()
    number = json.loads(text)["certificateNo"]

    # A signed request without a body; its query is part of the signed address. urlencode escapes Chinese and brackets.
    query = "/v1/records?" + urllib.parse.urlencode({"certificateNo": number, "limit": 10})
    found = json.loads(node.call("GET", query)[1])["items"]
    print(f"查询 query: {len(found)} 条 found")

    # The record goes in as the file has it: "0.10" stays "0.10", and no number passes through a float.
    iat = node.now()
    jti = ulid(iat)
    payload = f'{{"iss":{json.dumps(node.iss)},"jti":"{jti}","iat":{iat},"record":{text}}}'
    statement = sign("metrology-record+jwt", payload.encode(), node.jwk)
    # Kept before it is sent: after a broken line the same statement is sent again, and has one effect. A new one would be a second record.
    Path(Path(file).stem + ".jws").write_text(statement)
    print(f"签名 signed: {statement_id(statement)}")

    path = f"/v1/records/{node.iss}/{jti}"
    status, receipt = node.call("PUT", path, statement.encode(), **jws)
    again, same = node.call("PUT", path, statement.encode(), **jws)
    print(f"提交 submitted: {status}; 再次 again: {again}, {'同一回执 the same receipt' if same == receipt else '回执不同 ANOTHER RECEIPT'}")
    Path(Path(file).stem + ".receipt.jws").write_bytes(receipt)

    # The list comes from the node and needs no trust in it: the root keys are yours.
    authority = parse(receipt.decode(), "metrology-receipt+jwt")[1]["iss"]
    signed = json.loads(node.call("GET", f"/v1/trust-lists/{authority}", signed=False)[1])["signed"]
    claims = verify_receipt(receipt.decode(), statement, node.iss, open_trust_list(signed, anchors))
    tell_receipt(claims)
    tell_checks(claims["reasons"])

    # Asked as an inspector in Chongqing would; without a region the node answers for its own province.
    verdict = json.loads(node.call("POST", "/v1/verify?region=50", statement.encode(), **jws, signed=False)[1])
    print(f"判定 verdict: {verdict['outcome']}")
    tell_checks(check for check in verdict["checks"] if check["id"] == verdict["decidedBy"] or check["status"] in ("fail", "warn"))

    print(f"查询 query: {len(json.loads(node.call('GET', query)[1])['items'])} 条 found")

    # What refusals look like: a body other than the one signed for, and a record changed after it was signed.
    try:
        node.call("PUT", path, statement.encode(), **jws, signed_body=b"another body")
    except Problem as problem:
        tell_problem(problem)
    first, _, third = statement.split(".")
    forged = f"{first}.{b64url(payload.replace(number, number + '0').encode())}.{third}"
    try:
        node.call("PUT", path, forged.encode(), **jws)
    except Problem as problem:
        tell_problem(problem)
    return 0 if claims["decision"] == "accepted" else 1


def setting(name):
    if name not in os.environ:
        print(f"set {name}", file=sys.stderr)
        raise SystemExit(2)
    return os.environ[name]


def main(args):
    iss = setting("TONGHENG_ISS")
    trust = json.loads(Path(setting("TONGHENG_TRUST")).read_text("utf-8"))
    try:
        if len(args) == 3 and args[0] == "--receipt":
            statement, receipt = (Path(file).read_text("ascii").strip() for file in args[1:])
            issuer = parse(receipt, "metrology-receipt+jwt")[1]["iss"]
            lists = [signed for signed in trust["trustLists"] if parse(signed[0], "metrology-trust-list+jwt")[1]["iss"] == issuer]
            newest = max(lists, key=lambda signed: parse(signed[0], "metrology-trust-list+jwt")[1]["version"], default=None)
            if newest is None:
                raise Refused(f"no trust list of {issuer}")
            tell_receipt(verify_receipt(receipt, statement, iss, open_trust_list(newest, trust["anchors"])))
            return 0
        if len(args) != 1:
            print(__doc__, file=sys.stderr)
            return 2
        url = setting("TONGHENG_NODE")
        jwk = json.loads(Path(setting("TONGHENG_KEY")).read_text("utf-8"))
        return submit(args[0], Node(url, os.environ.get("TONGHENG_NODE_ID", url), iss, jwk), trust["anchors"])
    except Problem as problem:
        tell_problem(problem)
    except (Refused, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:  # what others wrote may be formed in any way
        print(f"不成立 not proved: {error!r}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
