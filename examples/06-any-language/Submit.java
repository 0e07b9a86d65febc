import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Submit a record to a node, and prove the receipt. Java 17 or newer, standard library.
 *
 * <pre>
 *   java -Dfile.encoding=UTF-8 Submit.java RECORD.json                           the whole way: query, sign, submit, receipt, verdict, refusals
 *   java -Dfile.encoding=UTF-8 Submit.java --receipt STATEMENT.jws RECEIPT.jws   offline: does this receipt prove that this statement was taken in?
 *
 * TONGHENG_NODE     address of the node, without a trailing slash
 * TONGHENG_NODE_ID  its id, as its operator states it (default: the address)
 * TONGHENG_ISS      your 统一社会信用代码
 * TONGHENG_KEY      your key file (JWK, ES256), as `tongheng keygen` writes it
 * TONGHENG_TRUST    trust file with the root keys you pinned (anchors) and the trust lists
 * </pre>
 */
public final class Submit {
    /** What came does not prove what it should. */
    static final class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason);
        }
    }

    /** The node refused: an RFC 9457 problem. `code` is stable, `text` has Chinese and English, `checks` every reason. */
    static final class Problem extends Exception {
        final int status;
        final Map<String, Object> body;

        Problem(int status, Map<String, Object> body) {
            this.status = status;
            this.body = body;
        }
    }

    static final SecureRandom RANDOM = new SecureRandom();

    // ---------- octets: RFC 4648 §5, without padding, in its only spelling

    static String b64url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    static byte[] unb64url(String text) {
        byte[] octets = Base64.getUrlDecoder().decode(text);
        // Java takes padding and ignores unused bits; two texts must not be one signature.
        if (!b64url(octets).equals(text)) throw new Refused("not base64url in its only spelling");
        return octets;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(concat(parts));
    }

    static byte[] random(int length) {
        byte[] octets = new byte[length];
        RANDOM.nextBytes(octets);
        return octets;
    }

    // ---------- keys and signatures
    // java.security reads DER, the files are JWK. The DER of a key is a constant head and the octets of the JWK.

    static final String PKCS8 = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"; // P-256: then d
    static final Map<String, String> SPKI = Map.of(
            "P-256", "3059301306072a8648ce3d020106082a8648ce3d03010703420004", // then x and y
            "Ed25519", "302a300506032b6570032100"); // then x
    static final Map<String, String> ALG = Map.of("P-256", "ES256", "Ed25519", "Ed25519");

    static PrivateKey privateKey(Map<String, Object> jwk) throws GeneralSecurityException {
        if (!"P-256".equals(jwk.get("crv"))) throw new IllegalStateException("this example signs with ES256 keys (P-256)");
        byte[] der = concat(HexFormat.of().parseHex(PKCS8), unb64url(text(jwk, "d")));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    static PublicKey publicKey(Map<String, Object> jwk) throws GeneralSecurityException {
        String crv = text(jwk, "crv");
        byte[] y = crv.equals("P-256") ? unb64url(text(jwk, "y")) : new byte[0];
        byte[] der = concat(HexFormat.of().parseHex(SPKI.get(crv)), unb64url(text(jwk, "x")), y);
        return KeyFactory.getInstance(crv.equals("P-256") ? "EC" : "Ed25519").generatePublic(new X509EncodedKeySpec(der));
    }

    /** RFC 7638: SHA-256 over the required members, in the order of the alphabet, without a space. It is the kid. */
    static String thumbprint(Map<String, Object> jwk) throws GeneralSecurityException {
        Map<String, Object> members = new TreeMap<>();
        for (String name : List.of("crv", "kty", "x", "y")) if (jwk.containsKey(name)) members.put(name, jwk.get(name));
        return b64url(sha256(utf8(write(members))));
    }

    /** Of ES256 not "SHA256withECDSA", which is DER: a JWS has r‖s, 32 octets each (RFC 7518 §3.4). */
    static Signature signature(String alg) throws GeneralSecurityException {
        return Signature.getInstance(alg.equals("ES256") ? "SHA256withECDSAinP1363Format" : "Ed25519");
    }

    /** Compact JWS (RFC 7515 §7.1). The header has these three members and no other. */
    static String sign(String typ, String payload, Map<String, Object> jwk) throws GeneralSecurityException {
        String header = write(members("alg", "ES256", "kid", thumbprint(jwk), "typ", typ));
        String input = b64url(utf8(header)) + "." + b64url(utf8(payload));
        Signature signer = signature("ES256");
        signer.initSign(privateKey(jwk));
        signer.update(utf8(input));
        return input + "." + b64url(signer.sign());
    }

    /** The key says which algorithm it is for, never the message alone (RFC 8725 §3.1). */
    static boolean isSignedBy(Map<String, Object> jwk, Object alg, byte[] data, byte[] signature) throws GeneralSecurityException {
        String own = ALG.get(text(jwk, "crv")); // none for SM2, which this example does not verify
        if (own == null || !own.equals(alg) || signature.length != 64) return false;
        Signature verifier = signature(own);
        verifier.initVerify(publicKey(jwk));
        verifier.update(data);
        return verifier.verify(signature);
    }

    /** Parts of a compact JWS; nothing is trusted yet. */
    record Jws(Map<String, Object> header, Map<String, Object> payload, String payloadSegment, byte[] data, byte[] signature) {
        static Jws parse(String text, String typ) {
            if (!text.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")) throw new Refused("not a compact JWS");
            String[] parts = text.split("\\.");
            Map<String, Object> header = object(read(unb64url(parts[0])));
            if (!header.keySet().equals(Set.of("alg", "kid", "typ")) || !typ.equals(header.get("typ"))) throw new Refused("not a " + typ);
            return new Jws(header, object(read(unb64url(parts[1]))), parts[1], utf8(parts[0] + "." + parts[1]), unb64url(parts[2]));
        }
    }

    /** SHA-256 over type and payload segment: the same however often and by whomever it is signed. */
    static String statementId(String statement) throws GeneralSecurityException {
        return b64url(sha256(utf8("metrology-record+jwt." + statement.split("\\.")[1])));
    }

    /** 48 bits of milliseconds and 80 random bits, in 26 characters of Crockford's base 32. */
    static String ulid(long seconds) {
        BigInteger n = BigInteger.valueOf(seconds * 1000).shiftLeft(80).or(new BigInteger(1, random(10)));
        StringBuilder text = new StringBuilder();
        for (int shift = 125; shift >= 0; shift -= 5)
            text.append("0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(n.shiftRight(shift).intValue() & 31));
        return text.toString();
    }

    // ---------- the node

    record Answer(int status, String body) {
        Map<String, Object> json() {
            return object(read(utf8(body)));
        }
    }

    static final class Node {
        final String url, id, iss;
        final Map<String, Object> jwk;
        final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
        long offset = 0; // what our clock lacks, once the node said so

        Node(String url, String id, String iss, Map<String, Object> jwk) {
            this.url = url;
            this.id = id;
            this.iss = iss;
            this.jwk = jwk;
        }

        long now() {
            return System.currentTimeMillis() / 1000 + offset;
        }

        String token(String method, String uri, String body) throws GeneralSecurityException {
            return sign("metrology-request+jwt", write(members(
                    "iss", iss,
                    "aud", id,
                    "iat", now(),
                    "exp", now() + 120, // the most that is allowed
                    "jti", b64url(random(16)), // good once: a retry needs a new one
                    "htm", method,
                    "uri", uri, // absolute, with the query, percent-encoded exactly as it is sent
                    "dig", b64url(sha256(utf8(body))))), jwk); // always there, also for no body
        }

        Answer open(String method, String path, String body) throws Exception {
            return send(method, path, body, null);
        }

        Answer signed(String method, String path, String body) throws Exception {
            return send(method, path, body, body);
        }

        /** `signedBody` is the body that the token is for; null where the call is open to anyone. */
        Answer send(String method, String path, String body, String signedBody) throws Exception {
            String uri = url + path;
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(30));
            if (!body.isEmpty()) request.header("Content-Type", "application/jose");
            if (signedBody != null) request.header("Authorization", "Metrology " + token(method, uri, signedBody));
            request.method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 400) return new Answer(response.statusCode(), response.body());
            if (!response.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"))
                throw new IOException(response.statusCode() + ": " + response.body());
            Map<String, Object> problem = object(read(utf8(response.body())));
            if (problem.get("code").equals("request.clock") && offset == 0) {
                offset = number(problem, "offset"); // once: a node that says so twice is wrong itself
                System.err.println("时钟 clock: 本机相差 off by " + offset + " s; 应校时 set your clock");
                return send(method, path, body, signedBody);
            }
            throw new Problem(response.statusCode(), problem);
        }
    }

    // ---------- what a receipt proves

    /**
     * Payload of a trust list that as many of the pinned root keys signed as the anchor wants. `tongheng trust` does more: it walks from
     * version to version, takes no older one than it has seen, and follows changed roots.
     */
    static Map<String, Object> openTrustList(List<Object> signed, List<Object> anchors) throws GeneralSecurityException {
        List<Jws> signatures = signed.stream().map(text -> Jws.parse((String) text, "metrology-trust-list+jwt")).toList();
        if (signatures.stream().map(Jws::payloadSegment).distinct().count() != 1)
            throw new Refused("the signatures of the trust list are not over one payload");
        Map<String, Object> payload = signatures.get(0).payload();
        Map<String, Object> anchor = find(anchors, "authority", payload.get("iss"));
        if (anchor == null || !anchor.get("region").equals(payload.get("region")))
            throw new Refused("no root keys are pinned for " + payload.get("iss"));
        Set<String> good = new HashSet<>(); // two signatures by one key count once
        for (Object root : list(anchor, "keys")) {
            String kid = thumbprint(object(root));
            for (Jws jws : signatures)
                if (kid.equals(jws.header().get("kid")) && isSignedBy(object(root), jws.header().get("alg"), jws.data(), jws.signature()))
                    good.add(kid);
        }
        if (good.size() < Math.max(1, number(anchor, "threshold")))
            throw new Refused(good.size() + " of " + anchor.get("threshold") + " root keys signed the trust list");
        return payload;
    }

    /** Claims of a receipt that the authority of this trust list gave `iss` for this statement. */
    static Map<String, Object> verifyReceipt(String receipt, String statement, String iss, Map<String, Object> trustList)
            throws GeneralSecurityException {
        Jws jws = Jws.parse(receipt, "metrology-receipt+jwt");
        Map<String, Object> claims = jws.payload();
        // 1. Signed by a key of the authority, listed for receipts, good at the time.
        if (!trustList.get("iss").equals(claims.get("iss"))) throw new Refused("the receipt is of another authority");
        Map<String, Object> entity = find(list(trustList, "entities"), "uscc", claims.get("iss"));
        Map<String, Object> key = null;
        if (entity != null)
            for (Object one : list(entity, "keys"))
                if (thumbprint(object(object(one).get("jwk"))).equals(jws.header().get("kid"))) key = object(one);
        if (key == null || !list(key, "typ").contains("metrology-receipt+jwt")) throw new Refused("no key of the authority signed the receipt");
        long iat = number(claims, "iat");
        boolean isRevoked = key.get("revoked") != null
                && (Boolean.TRUE.equals(object(key.get("revoked")).get("retroactive")) || iat >= number(object(key.get("revoked")), "at"));
        if (iat < number(key, "notBefore") || iat > number(key, "notAfter") || isRevoked)
            throw new Refused("the key was not good at the time of the receipt");
        if (!isSignedBy(object(key.get("jwk")), jws.header().get("alg"), jws.data(), jws.signature()))
            throw new Refused("the signature of the receipt is not valid");
        // 2. About this statement, to us. A receipt for another one proves nothing for this one.
        if (!statementId(statement).equals(claims.get("sub")) || !iss.equals(claims.get("aud")))
            throw new Refused("the receipt is for another statement or another sender");
        // 3. In the log, under a checkpoint that the log's own key signed. A node without a log key gives no place.
        if (claims.get("log") != null) {
            Map<String, Object> place = object(claims.get("log"));
            Checkpoint checkpoint = Checkpoint.open(text(place, "checkpoint"), list(trustList, "logs"));
            byte[] leaf = sha256(new byte[] {0}, unb64url(text(claims, "sub")));
            List<byte[]> proof = list(place, "proof").stream().map(part -> unb64url((String) part)).toList();
            if (!isIncluded(number(place, "index"), checkpoint.size(), leaf, proof, checkpoint.root()))
                throw new Refused("the inclusion proof does not lead to the root of the checkpoint");
        }
        return claims;
    }

    record Checkpoint(long size, byte[] root) {
        /** Of a checkpoint (C2SP tlog-checkpoint, signed-note) that a listed log signed. */
        static Checkpoint open(String note, List<Object> logs) throws GeneralSecurityException {
            int end = note.lastIndexOf("\n\n");
            if (end < 0) throw new Refused("not a signed note");
            String text = note.substring(0, end + 1); // the signature is over the text with its last line break
            String[] lines = text.split("\n");
            if (lines.length < 3) throw new Refused("not a checkpoint");
            Map<String, Object> log = find(logs, "origin", lines[0]);
            if (log == null) throw new Refused("the trust list has no log " + lines[0]);
            Map<String, Object> jwk = object(log.get("key"));
            // Key id: the first four octets of SHA-256 over name, line break, 0x01 for Ed25519, and the key.
            byte[] keyId = Arrays.copyOf(sha256(utf8(lines[0] + "\n\u0001"), unb64url(text(jwk, "x"))), 4);
            String start = "— " + lines[0] + " ";
            for (String line : note.substring(end + 2).split("\n")) {
                byte[] octets = line.startsWith(start) ? Base64.getDecoder().decode(line.substring(start.length())) : new byte[0];
                if (octets.length > 4 && Arrays.equals(Arrays.copyOf(octets, 4), keyId)
                        && isSignedBy(jwk, "Ed25519", utf8(text), Arrays.copyOfRange(octets, 4, octets.length)))
                    return new Checkpoint(Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
            }
            throw new Refused("the log has not signed the checkpoint");
        }
    }

    /** RFC 9162 §2.1.3.2. */
    static boolean isIncluded(long index, long size, byte[] leaf, List<byte[]> proof, byte[] root) throws GeneralSecurityException {
        if (index < 0 || index >= size) return false;
        long fn = index, sn = size - 1;
        byte[] r = leaf, one = {1};
        for (byte[] p : proof) {
            if (sn == 0 || p.length != 32) return false;
            if ((fn & 1) == 1 || fn == sn) {
                r = sha256(one, p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else r = sha256(one, r, p);
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(r, root);
    }

    static void tellReceipt(Map<String, Object> claims) {
        Object index = claims.get("log") == null ? null : object(claims.get("log")).get("index");
        String where = index == null ? "节点没有日志 the node keeps no log" : "日志第 " + index + " 项 entry " + index + " of the log";
        System.out.println("回执 receipt: verified " + claims.get("decision") + "; " + where);
    }

    static void tellCheck(Map<String, Object> check) {
        Map<String, Object> message = object(check.get("message"));
        System.out.println("  " + check.get("status") + " " + check.get("code") + " " + check.getOrDefault("path", "")
                + "\n    " + message.get("zh") + "\n    " + message.get("en"));
    }

    static void tellProblem(Problem problem) {
        Map<String, Object> text = object(problem.body.get("text"));
        System.out.println("拒绝 refused: " + problem.status + " " + problem.body.get("code") + "\n    " + text.get("zh") + "\n    " + text.get("en"));
        if (problem.body.get("checks") != null)
            for (Object check : list(problem.body, "checks")) if ("fail".equals(object(check).get("status"))) tellCheck(object(check));
    }

    // ---------- the whole way

    static int submit(Path file, Node node, List<Object> anchors) throws Exception {
        String record = Files.readString(file).strip();
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        String number = text(object(read(utf8(record))), "certificateNo");

        // A signed request without a body; its query is part of the signed address. URLEncoder escapes Chinese and brackets.
        String query = "/v1/records?certificateNo=" + URLEncoder.encode(number, StandardCharsets.UTF_8) + "&limit=10";
        System.out.println("查询 query: " + list(node.signed("GET", query, "").json(), "items").size() + " 条 found");

        // The record goes in as the file has it: "0.10" stays "0.10", and no number passes through a float.
        long iat = node.now();
        String jti = ulid(iat);
        String payload = "{\"iss\":" + write(node.iss) + ",\"jti\":\"" + jti + "\",\"iat\":" + iat + ",\"record\":" + record + "}";
        String statement = sign("metrology-record+jwt", payload, node.jwk);
        // Kept before it is sent: after a broken line the same statement is sent again, and has one effect. A new one would be a second record.
        Files.writeString(Path.of(name + ".jws"), statement);
        System.out.println("签名 signed: " + statementId(statement));

        String path = "/v1/records/" + node.iss + "/" + jti;
        Answer first = node.signed("PUT", path, statement);
        Answer again = node.signed("PUT", path, statement);
        System.out.println("提交 submitted: " + first.status() + "; 再次 again: " + again.status() + ", "
                + (again.body().equals(first.body()) ? "同一回执 the same receipt" : "回执不同 ANOTHER RECEIPT"));
        String receipt = first.body();
        Files.writeString(Path.of(name + ".receipt.jws"), receipt);

        // The list comes from the node and needs no trust in it: the root keys are yours.
        Object authority = Jws.parse(receipt, "metrology-receipt+jwt").payload().get("iss");
        List<Object> signed = list(node.open("GET", "/v1/trust-lists/" + authority, "").json(), "signed");
        Map<String, Object> claims = verifyReceipt(receipt, statement, node.iss, openTrustList(signed, anchors));
        tellReceipt(claims);
        for (Object check : list(claims, "reasons")) tellCheck(object(check));

        Map<String, Object> verdict = node.open("POST", "/v1/verify?region=50", statement).json(); // asked as an inspector in Chongqing would
        System.out.println("判定 verdict: " + verdict.get("outcome"));
        for (Object check : list(verdict, "checks"))
            if (object(check).get("id").equals(verdict.get("decidedBy")) || List.of("fail", "warn").contains(object(check).get("status")))
                tellCheck(object(check));

        System.out.println("查询 query: " + list(node.signed("GET", query, "").json(), "items").size() + " 条 found");

        // What refusals look like: a body other than the one signed for, and a record changed after it was signed.
        try {
            node.send("PUT", path, statement, "another body");
        } catch (Problem problem) {
            tellProblem(problem);
        }
        String[] parts = statement.split("\\.");
        try {
            node.signed("PUT", path, parts[0] + "." + b64url(utf8(payload.replace(number, number + "0"))) + "." + parts[2]);
        } catch (Problem problem) {
            tellProblem(problem);
        }
        return claims.get("decision").equals("accepted") ? 0 : 1;
    }

    static int receipt(Path statement, Path receipt, String iss, Map<String, Object> trust) throws Exception {
        String text = Files.readString(receipt).strip();
        Object authority = Jws.parse(text, "metrology-receipt+jwt").payload().get("iss");
        List<Object> newest = null;
        long version = 0;
        for (Object signed : list(trust, "trustLists")) {
            Map<String, Object> payload = Jws.parse((String) ((List<?>) signed).get(0), "metrology-trust-list+jwt").payload();
            if (!payload.get("iss").equals(authority) || number(payload, "version") <= version) continue;
            newest = array(signed);
            version = number(payload, "version");
        }
        if (newest == null) throw new Refused("no trust list of " + authority);
        tellReceipt(verifyReceipt(text, Files.readString(statement).strip(), iss, openTrustList(newest, list(trust, "anchors"))));
        return 0;
    }

    static String setting(String name) {
        String value = System.getenv(name);
        if (value == null) throw new IllegalStateException("set " + name);
        return value;
    }

    public static void main(String[] args) throws Exception {
        System.exit(run(args));
    }

    static int run(String[] args) throws Exception {
        try {
            String iss = setting("TONGHENG_ISS");
            Map<String, Object> trust = object(read(Files.readAllBytes(Path.of(setting("TONGHENG_TRUST")))));
            if (args.length == 3 && args[0].equals("--receipt")) return receipt(Path.of(args[1]), Path.of(args[2]), iss, trust);
            if (args.length != 1) {
                System.err.println("java Submit.java RECORD.json\njava Submit.java --receipt STATEMENT.jws RECEIPT.jws");
                return 2;
            }
            String url = setting("TONGHENG_NODE");
            Map<String, Object> jwk = object(read(Files.readAllBytes(Path.of(setting("TONGHENG_KEY")))));
            Node node = new Node(url, System.getenv().getOrDefault("TONGHENG_NODE_ID", url), iss, jwk);
            return submit(Path.of(args[0]), node, list(trust, "anchors"));
        } catch (Problem problem) {
            tellProblem(problem);
        } catch (IllegalStateException error) {
            System.err.println(error.getMessage());
            return 2;
        } catch (RuntimeException | GeneralSecurityException error) {
            System.err.println("不成立 not proved: " + error); // what others wrote may be formed in any way
        }
        return 1;
    }

    // ---------- JSON. Java has no reader of its own; in a project take Jackson, with STRICT_DUPLICATE_DETECTION and numbers as BigDecimal.

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> array(Object value) {
        return (List<Object>) value;
    }

    static List<Object> list(Map<String, Object> in, String name) {
        return array(in.get(name));
    }

    static String text(Map<String, Object> in, String name) {
        return (String) in.get(name);
    }

    static long number(Map<String, Object> in, String name) {
        return ((BigDecimal) in.get(name)).longValueExact();
    }

    static Map<String, Object> find(List<Object> in, String name, Object value) {
        return in.stream().map(Submit::object).filter(one -> one.get(name).equals(value)).findFirst().orElse(null);
    }

    static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return map;
    }

    /** Of flat objects, texts and whole numbers: all that is written here. */
    static String write(Object value) {
        if (value instanceof Map<?, ?> map)
            return "{" + String.join(",", map.entrySet().stream().map(one -> write(one.getKey()) + ":" + write(one.getValue())).toList()) + "}";
        return value instanceof String text ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : value.toString();
    }

    static Object read(byte[] octets) {
        Reader reader = new Reader(new String(octets, StandardCharsets.UTF_8));
        Object value = reader.value(0);
        reader.skip();
        if (reader.at != reader.text.length()) throw reader.fault();
        return value;
    }

    static final class Reader {
        final String text;
        int at = 0;

        Reader(String text) {
            this.text = text;
        }

        IllegalArgumentException fault() {
            return new IllegalArgumentException("JSON, at " + at);
        }

        void skip() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        }

        char peek() {
            skip();
            if (at == text.length()) throw fault();
            return text.charAt(at);
        }

        boolean take(char c) {
            if (peek() != c) return false;
            at++;
            return true;
        }

        void need(char c) {
            if (!take(c)) throw fault();
        }

        Object value(int depth) {
            if (depth > 64) throw fault();
            return switch (peek()) {
                case '{' -> readObject(depth);
                case '[' -> readArray(depth);
                case '"' -> readText();
                default -> readWord();
            };
        }

        Map<String, Object> readObject(int depth) {
            Map<String, Object> map = new LinkedHashMap<>();
            need('{');
            if (take('}')) return map;
            do {
                peek();
                String name = readText();
                need(':');
                if (map.containsKey(name)) throw fault(); // two readers might take two values
                map.put(name, value(depth + 1));
            } while (take(','));
            need('}');
            return map;
        }

        List<Object> readArray(int depth) {
            List<Object> values = new ArrayList<>();
            need('[');
            if (take(']')) return values;
            do values.add(value(depth + 1)); while (take(','));
            need(']');
            return values;
        }

        String readText() {
            need('"');
            StringBuilder found = new StringBuilder();
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return found.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                    if (c == 'u') {
                        found.append((char) HexFormat.fromHexDigits(text, at + 1, at + 5));
                        at += 4;
                    } else if ("\"\\/bfnrt".indexOf(c) >= 0) found.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(c)));
                    else throw fault();
                } else if (c < ' ') throw fault();
                else found.append(c);
            }
            throw fault();
        }

        Object readWord() {
            int start = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
            String word = text.substring(start, at);
            if (word.equals("true") || word.equals("false")) return word.equals("true");
            if (word.equals("null")) return null;
            if (!word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) throw fault();
            return new BigDecimal(word);
        }
    }
}
