"""Signing in at the company's identity provider (OpenID Connect Core 1.0), by authorization code and PKCE."""
