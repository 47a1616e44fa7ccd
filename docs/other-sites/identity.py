import base64, hmac, json, os, sys, time


def app_inbox_identity(customer_id, email=None):
    """Says who is logged in, signed for App Inbox; '' for a guest. Take the id from your session, never from the request."""
    if str(customer_id or "") in ("", "0"):
        return ""
    site = os.environ["SITE_URL"].rstrip("/")
    now = int(time.time())
    claims = {"iss": site, "aud": "app-inbox", "sub": str(customer_id), "email": email, "iat": now, "exp": now + 15 * 60}
    part = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
    header = {"alg": "HS256", "typ": "JWT"}
    text = b".".join(part(json.dumps(value).encode()) for value in (header, claims))
    signature = hmac.digest(os.environ["IDENTITY_SECRET"].encode(), text, "sha256")
    return (text + b"." + part(signature)).decode()


# To try it: python3 identity.py 42 ann@example.com
if __name__ == "__main__":
    print(app_inbox_identity(*sys.argv[1:]))
