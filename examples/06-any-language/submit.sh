#!/usr/bin/env bash
# Submit a record to a node, and prove the receipt. bash, curl, jq, openssl 3.0 or newer, GNU coreutils 8.31 or newer.
#
#   submit.sh RECORD.json                        the whole way: query, sign, submit, receipt, verdict, refusals
#   submit.sh --receipt STATEMENT.jws RECEIPT.jws   offline: does this receipt prove that this statement was taken in?
#
# TONGHENG_NODE     address of the node, without a trailing slash
# TONGHENG_NODE_ID  its id, as its operator states it (default: the address)
# TONGHENG_ISS      your 统一社会信用代码
# TONGHENG_KEY      your key file (JWK, ES256), as `tongheng keygen` writes it
# TONGHENG_TRUST    trust file with the root keys you pinned (anchors) and the trust lists
set -euo pipefail
shopt -s inherit_errexit # a refusal inside $(…) ends the script too
export LC_ALL=C.UTF-8

work=$(mktemp -d) # mode 700
trap 'rm -rf "$work"' EXIT
offset=0 # what our clock lacks, once the node said so

refuse() { printf '不成立 not proved: %s\n' "$*" >&2; exit 1; }

# ---------- octets. A shell variable holds no zero octet: they are hexadecimal there, or in a file.

# A process costs more than what it does here: what bash can do itself, it does.
b64url() { local text; text=$(basenc --base64url -w0); printf %s "${text%%=*}"; } # RFC 4648 §5, without padding
# The last character of two or three has bits that mean nothing: they are zero in the only spelling.
SPELLING='^([A-Za-z0-9_-]{4})*([A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$'
unb64url() { # argument → octets, in its only spelling
  [[ $1 =~ $SPELLING ]] || refuse 'not base64url in its only spelling'
  local padding=('' '' == =)
  printf %s "$1${padding[${#1} % 4]}" | basenc --base64url -d
}
hex() { local text; text=$(basenc --base16 -w0); printf %s "${text,,}"; }
unhex() { local text; read -r text || true; printf %s "${text^^}" | basenc --base16 -d; } # no line break ends it
sha256() { local sum; sum=$(sha256sum); printf %s "${sum:0:64}"; } # octets → hexadecimal
jws_part() { local parts; IFS=. read -r -a parts <<<"$1"; printf %s "${parts[$2 - 1]}"; } # of a compact JWS, from 1

# ---------- keys and signatures. A public key goes through this script as "crv x y", where y is none for Ed25519.

KEY='def key: "\(.crv) \(.x) \(.y // "")";' # jq, of a JWK

# openssl reads DER, the files are JWK. The DER of a key is a constant head and the octets of the JWK.
private_der() { # key file
  printf 3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420 | unhex
  unb64url "$(jq -r .d "$1")"
}
public_der() { # crv, x, y
  case $1 in
    P-256) printf 3059301306072a8648ce3d020106082a8648ce3d03010703420004 | unhex && unb64url "$2" && unb64url "$3" ;;
    Ed25519) printf 302a300506032b6570032100 | unhex && unb64url "$2" ;;
    *) return 1 ;; # such as SM2, which this example does not verify
  esac
}
# RFC 7638: SHA-256 over the required members, in the order of the alphabet, without a space. It is the kid.
thumbprint() { # crv, x, y
  case $1 in
    Ed25519) printf '{"crv":"%s","kty":"OKP","x":"%s"}' "$1" "$2" ;;
    *) printf '{"crv":"%s","kty":"EC","x":"%s","y":"%s"}' "$1" "$2" "$3" ;;
  esac | sha256 | unhex | b64url
}

sign() { # typ, payload on standard input → compact JWS (RFC 7515 §7.1). The header has these three members and no other.
  local payload header r s
  payload=$(b64url)
  header=$(printf '{"alg":"ES256","kid":"%s","typ":"%s"}' "$own_kid" "$1" | b64url)
  # The private key goes through a pipe: it must not lie in a temporary file. openssl writes SEQUENCE { INTEGER r, INTEGER s };
  # a JWS has r‖s, 32 octets each (RFC 7518 §3.4), so both are filled up with zeros.
  read -r r s < <(openssl dgst -sha256 -keyform DER -sign <(private_der "$TONGHENG_KEY") <(printf '%s.%s' "$header" "$payload") |
    openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p' | paste -sd' ')
  printf '%s.%s.%s' "$header" "$payload" "$(printf '%64s%64s' "$r" "$s" | tr ' ' 0 | unhex | b64url)"
}

is_signed_by() { # crv, x, y, alg, file of what was signed, file of the signature
  local rs
  [ "$(stat -c %s "$6")" = 64 ] || return 1
  public_der "$1" "$2" "$3" >"$work/key.der" || return 1
  case $1+$4 in # the key says which algorithm it is for, never the message alone (RFC 8725 §3.1)
    P-256+ES256)
      rs=$(hex <"$6")
      printf 'asn1=SEQUENCE:rs\n[rs]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "${rs:0:64}" "${rs:64}" >"$work/rs.cnf"
      openssl asn1parse -genconf "$work/rs.cnf" -noout -out "$work/rs.der" || return 1
      openssl dgst -sha256 -keyform DER -verify "$work/key.der" -signature "$work/rs.der" "$5" >/dev/null 2>&1
      ;;
    Ed25519+Ed25519)
      openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$5" -sigfile "$6" >/dev/null 2>&1
      ;;
    *) return 1 ;;
  esac
}

open_jws() { # text, typ → $alg, $kid, files payload, data (what was signed), signature; nothing is trusted yet
  local typ
  [[ $1 =~ ^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$ ]] || refuse 'not a compact JWS'
  unb64url "$(jws_part "$1" 2)" >"$work/payload"
  unb64url "$(jws_part "$1" 3)" >"$work/signature"
  printf %s "${1%.*}" >"$work/data"
  read -r typ alg kid < <(unb64url "$(jws_part "$1" 1)" | jq -r 'select(keys == ["alg", "kid", "typ"]) | "\(.typ) \(.alg) \(.kid)"') || refuse 'header'
  [ "$typ" = "$2" ] || refuse "not a $2"
}

# SHA-256 over type and payload segment: the same however often and by whomever it is signed.
statement_id() { printf 'metrology-record+jwt.%s' "$(jws_part "$1" 2)" | sha256 | unhex | b64url; }

ulid() { # milliseconds: 48 bits of them and 80 random bits, in 26 characters of Crockford's base 32
  local alphabet=0123456789ABCDEFGHJKMNPQRSTVWXYZ shift octet
  for shift in 45 40 35 30 25 20 15 10 5 0; do printf %s "${alphabet:$(($1 >> shift & 31)):1}"; done
  for octet in $(od -An -v -tu1 -N16 /dev/urandom); do printf %s "${alphabet:$((octet & 31)):1}"; done
}

# ---------- the node

now() { echo $(($(date +%s) + offset)); }

token() { # method, uri, file of the body
  local iat
  iat=$(now)
  # exp: 120 s is the most that is allowed. jti: good once, a retry needs a new one. uri: absolute, with the query, percent-encoded
  # exactly as it is sent. dig: always there, also for no body.
  printf '{"iss":"%s","aud":"%s","iat":%d,"exp":%d,"jti":"%s","htm":"%s","uri":"%s","dig":"%s"}' \
    "$TONGHENG_ISS" "$node_id" "$iat" $((iat + 120)) "$(head -c16 /dev/urandom | b64url)" "$1" "$2" "$(sha256 <"$3" | unhex | b64url)" |
    sign metrology-request+jwt
}

call() { # method, path, file of the body, signed|open [, file signed instead] → $status, file answer
  local uri=$TONGHENG_NODE$2 headers=()
  [ "$4" = signed ] && headers+=(-H "Authorization: Metrology $(token "$1" "$uri" "${5:-$3}")")
  [ -s "$3" ] && headers+=(-H 'Content-Type: application/jose' --data-binary "@$3") # --data would drop line breaks
  status=$(curl --silent --show-error --max-time 30 --globoff -X "$1" "${headers[@]}" -o "$work/answer" -w '%{http_code}' "$uri")
  if [ "$status" = 401 ] && [ "$offset" = 0 ] && [ "$(jq -r .code "$work/answer")" = request.clock ]; then
    offset=$(jq -r .offset "$work/answer") # once: a node that says so twice is wrong itself
    [[ $offset =~ ^-?[0-9]{1,10}$ ]] || refuse 'not a number of seconds' # $((…)) would run what else stood there
    echo "时钟 clock: 本机相差 off by $offset s; 应校时 set your clock" >&2
    call "$@"
  fi
}

ask() { # as call; anything but a good answer is told, and ends all
  call "$@"
  [ "$status" -lt 400 ] || { tell_problem; exit 1; }
}

tell_checks() { # filter of checks, file
  jq -r "$1"' | "  \(.status) \(.code) \(.path // "")\n    \(.message.zh)\n    \(.message.en)"' "$2"
}

tell_problem() { # RFC 9457: the code is stable, the text has both languages, the checks are every reason
  jq -r '"拒绝 refused: \(.status) \(.code)\n    \(.text.zh)\n    \(.text.en)"' "$work/answer"
  tell_checks '.checks[]? | select(.status == "fail")' "$work/answer"
}

# ---------- what a receipt proves

# File `list`: payload of a trust list that as many of the pinned root keys signed as the anchor wants. `tongheng trust` does more: it
# walks from version to version, takes no older one than it has seen, and follows changed roots.
open_trust_list() { # file with the signatures, a JSON array of strings
  local jws root anchor=() threshold crv x y good=() count signatures
  mapfile -t signatures < <(jq -r '.[]' "$1")
  for jws in "${signatures[@]}"; do
    [ "$(jws_part "$jws" 2)" = "$(jws_part "${signatures[0]}" 2)" ] || refuse 'the signatures of the trust list are not over one payload'
    open_jws "$jws" metrology-trust-list+jwt
    cp "$work/payload" "$work/list"
    # Threshold, and then the root keys, one a line.
    mapfile -t anchor < <(jq -r --slurpfile list "$work/list" "$KEY"' .anchors[]
      | select(.authority == $list[0].iss and .region == $list[0].region) | ([1, .threshold] | max), (.keys[] | key)' "$TONGHENG_TRUST")
    [ ${#anchor[@]} -gt 1 ] || refuse "no root keys are pinned for $(jq -r .iss "$work/list")"
    threshold=${anchor[0]}
    for root in "${anchor[@]:1}"; do
      read -r crv x y <<<"$root"
      if [ "$kid" = "$(thumbprint "$crv" "$x" "$y")" ] && is_signed_by "$crv" "$x" "$y" "$alg" "$work/data" "$work/signature"; then
        good+=("$kid")
      fi
    done
  done
  # Two signatures by one key count once.
  count=$(printf '%s\n' "${good[@]}" | sort -u | grep -c .) || true
  [ "$count" -ge "$threshold" ] || refuse "$count of $threshold root keys signed the trust list"
}

# File `claims`: of a receipt that the authority of the trust list in file `list` gave us for this statement.
verify_receipt() { # receipt, statement
  local when crv x y found=''
  open_jws "$1" metrology-receipt+jwt
  cp "$work/payload" "$work/claims"
  # 1. Signed by a key of the authority, listed for receipts, good at the time.
  while read -r when crv x y; do
    if [ "$(thumbprint "$crv" "$x" "$y")" = "$kid" ]; then found="$when" && break; fi
  done < <(jq -r --slurpfile claims "$work/claims" "$KEY"' $claims[0] as {$iss, $iat}
    | select(.iss == $iss) | .entities[] | select(.uscc == $iss) | .keys[] | select(.typ | index("metrology-receipt+jwt"))
    | (if .notBefore <= $iat and $iat <= .notAfter and (.revoked | not or ((.retroactive | not) and $iat < .at)) then "good " else "bad " end)
      + (.jwk | key)' "$work/list")
  [ -n "$found" ] || refuse 'no key of the authority signed the receipt'
  [ "$found" = good ] || refuse 'the key was not good at the time of the receipt'
  is_signed_by "$crv" "$x" "$y" "$alg" "$work/data" "$work/signature" || refuse 'the signature of the receipt is not valid'
  # 2. About this statement, to us. A receipt for another one proves nothing for this one.
  local sub aud index
  read -r sub aud index < <(jq -r '"\(.sub) \(.aud) \(if .log then .log.index else "" end)"' "$work/claims")
  [ "$sub $aud" = "$(statement_id "$2") $TONGHENG_ISS" ] || refuse 'the receipt is for another statement or another sender'
  # 3. In the log, under a checkpoint that the log's own key signed. A node without a log key gives no place.
  if [ -n "$index" ]; then
    jq -j .log.checkpoint "$work/claims" >"$work/note" # -j: $(…) would drop the last line break
    open_checkpoint
    is_included "$index" "$size" "$sub" "$root" || refuse 'the inclusion proof does not lead to the root of the checkpoint'
  fi
}

# $size and $root of the checkpoint in file `note` (C2SP tlog-checkpoint, signed-note), which a listed log signed.
open_checkpoint() {
  local origin crv x y key_id encoded
  sed '/^$/,$d' "$work/note" >"$work/text" # up to the empty line, with the last line break
  { read -r origin && read -r size && read -r root; } <"$work/text" || refuse 'not a checkpoint'
  [[ $size =~ ^(0|[1-9][0-9]{0,15})$ ]] || refuse 'not a checkpoint'
  read -r crv x y < <(jq -r --arg origin "$origin" "$KEY"' .logs[] | select(.origin == $origin) | .key | key' "$work/list") ||
    refuse "the trust list has no log $origin"
  # Key id: the first four octets of SHA-256 over name, line break, 0x01 for Ed25519, and the key.
  key_id=$({ printf '%s\n\x01' "$origin" && unb64url "$x"; } | sha256 | cut -c1-8)
  root=$(base64 -d <<<"$root" | hex)
  while read -r encoded; do
    base64 -d <<<"$encoded" >"$work/line" 2>/dev/null || continue
    [ "$(head -c4 "$work/line" | hex)" = "$key_id" ] || continue
    tail -c+5 "$work/line" >"$work/line.signature"
    if is_signed_by "$crv" "$x" "$y" Ed25519 "$work/text" "$work/line.signature"; then return; fi
  done < <(awk -v start="— $origin " 'index($0, start) == 1 { print substr($0, length(start) + 1) }' "$work/note")
  refuse 'the log has not signed the checkpoint'
}

# RFC 9162 §2.1.3.2; the proof is in file `claims`.
is_included() { # index, size, statement id, root in hexadecimal
  [[ $1 =~ ^(0|[1-9][0-9]{0,15})$ ]] && [ "$1" -lt "$2" ] || return 1
  local fn=$1 sn=$(($2 - 1)) r p part
  r=$({ printf 00 | unhex && unb64url "$3"; } | sha256)
  while read -r part; do
    p=$(unb64url "$part" | hex)
    [ "$sn" -gt 0 ] && [ ${#p} = 64 ] || return 1
    if [ $((fn & 1)) = 1 ] || [ "$fn" = "$sn" ]; then
      r=$(printf '01%s%s' "$p" "$r" | unhex | sha256)
      while [ $((fn & 1)) = 0 ] && [ "$fn" != 0 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else
      r=$(printf '01%s%s' "$r" "$p" | unhex | sha256)
    fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
  done < <(jq -r '.log.proof[]' "$work/claims")
  [ "$sn" = 0 ] && [ "$r" = "$4" ]
}

tell_receipt() {
  jq -r '"回执 receipt: verified \(.decision); " + if .log then "日志第 \(.log.index) 项 entry \(.log.index) of the log"
    else "节点没有日志 the node keeps no log" end' "$work/claims"
}

# ---------- the whole way

submit() { # file of the record
  local name number query iat jti statement path again authority payload
  name=$(basename "$1" .json)
  number=$(jq -r .certificateNo "$1")
  : >"$work/empty"

  # A signed request without a body; its query is part of the signed address. @uri escapes Chinese and spaces.
  query="/v1/records?certificateNo=$(jq -rn --arg number "$number" '$number | @uri')&limit=10"
  ask GET "$query" "$work/empty" signed
  echo "查询 query: $(jq '.items | length' "$work/answer") 条 found"

  # The record goes in as the file has it: "0.10" stays "0.10", and no number passes through a float (jq would).
  iat=$(now)
  jti=$(ulid $((iat * 1000)))
  payload=$work/record.payload
  { printf '{"iss":"%s","jti":"%s","iat":%d,"record":' "$TONGHENG_ISS" "$jti" "$iat" && cat "$1" && printf '}'; } >"$payload"
  statement=$(sign metrology-record+jwt <"$payload")
  # Kept before it is sent: after a broken line the same statement is sent again, and has one effect. A new one would be a second record.
  printf %s "$statement" >"$name.jws" # no line break at the end: the body is the JWS, octet by octet
  echo "签名 signed: $(statement_id "$statement")"

  path=/v1/records/$TONGHENG_ISS/$jti
  ask PUT "$path" "$name.jws" signed
  cp "$work/answer" "$name.receipt.jws"
  again=$status
  ask PUT "$path" "$name.jws" signed
  echo "提交 submitted: $again; 再次 again: $status, $(cmp -s "$work/answer" "$name.receipt.jws" && echo 同一回执 the same receipt || echo 回执不同 ANOTHER RECEIPT)"

  # The list comes from the node and needs no trust in it: the root keys are yours.
  open_jws "$(cat "$name.receipt.jws")" metrology-receipt+jwt
  authority=$(jq -r .iss "$work/payload")
  ask GET "/v1/trust-lists/$authority" "$work/empty" open
  jq .signed "$work/answer" >"$work/signed"
  open_trust_list "$work/signed"
  verify_receipt "$(cat "$name.receipt.jws")" "$statement"
  tell_receipt
  tell_checks '.reasons[]' "$work/claims"

  ask POST '/v1/verify?region=50' "$name.jws" open # asked as an inspector in Chongqing would
  echo "判定 verdict: $(jq -r .outcome "$work/answer")"
  tell_checks '.decidedBy as $row | .checks[] | select(.id == $row or .status == "fail" or .status == "warn")' "$work/answer"

  ask GET "$query" "$work/empty" signed
  echo "查询 query: $(jq '.items | length' "$work/answer") 条 found"

  # What refusals look like: a body other than the one signed for, and a record changed after it was signed.
  echo 'another body' >"$work/other"
  call PUT "$path" "$name.jws" signed "$work/other"
  tell_problem
  printf '%s.%s.%s' "$(jws_part "$statement" 1)" "$(jq -jc '.record.certificateNo += "0"' "$payload" | b64url)" "$(jws_part "$statement" 3)" >"$work/forged.jws"
  call PUT "$path" "$work/forged.jws" signed
  tell_problem
  [ "$(jq -r .decision "$work/claims")" = accepted ]
}

: "${TONGHENG_TRUST:?}" "${TONGHENG_ISS:?}"
if [ $# = 3 ] && [ "$1" = --receipt ]; then
  open_jws "$(cat "$3")" metrology-receipt+jwt
  # The newest list in the trust file of the authority that the receipt names.
  jq -ce --arg iss "$(jq -r .iss "$work/payload")" '[.trustLists[] | {signed: ., payload: (.[0] | split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d | fromjson)}
    | select(.payload.iss == $iss)] | max_by(.payload.version) | .signed // empty' "$TONGHENG_TRUST" >"$work/signed" || refuse 'no trust list of the authority'
  open_trust_list "$work/signed"
  verify_receipt "$(cat "$3")" "$(cat "$2")"
  tell_receipt
elif [ $# = 1 ]; then
  : "${TONGHENG_NODE:?}" "${TONGHENG_KEY:?}"
  node_id=${TONGHENG_NODE_ID:-$TONGHENG_NODE}
  read -r crv x y < <(jq -r "$KEY key" "$TONGHENG_KEY")
  [ "$crv" = P-256 ] || { echo 'this example signs with ES256 keys (P-256)' >&2; exit 2; }
  own_kid=$(thumbprint "$crv" "$x" "$y")
  submit "$1"
else
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
