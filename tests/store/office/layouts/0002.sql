CREATE TABLE account (
    id INTEGER NOT NULL,
    email VARCHAR(320) NOT NULL,
    name VARCHAR(200) NOT NULL,
    role VARCHAR(20) NOT NULL,
    language VARCHAR(2),
    password_hash VARCHAR(300),
    oidc_subject VARCHAR(500),
    created_ms BIGINT NOT NULL,
    last_seen_ms BIGINT,
    disabled_ms BIGINT,
    handle VARCHAR(64) NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_email UNIQUE (email),
    CONSTRAINT uq_account_handle UNIQUE (handle),
    CONSTRAINT uq_account_oidc_subject UNIQUE (oidc_subject)
);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE annotation (
    id INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    touchpoint VARCHAR(200),
    text VARCHAR(500) NOT NULL,
    author VARCHAR(320) NOT NULL,
    created_ms BIGINT NOT NULL,
    CONSTRAINT pk_annotation PRIMARY KEY (id)
);
CREATE TABLE api_key (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    prefix VARCHAR(20) NOT NULL,
    secret_hash VARCHAR(64) NOT NULL,
    scopes TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    last_used_ms BIGINT,
    revoked_ms BIGINT,
    CONSTRAINT pk_api_key PRIMARY KEY (id),
    CONSTRAINT fk_api_key_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT uq_api_key_secret_hash UNIQUE (secret_hash)
);
CREATE TABLE attempt (
    who_hash VARCHAR(64) NOT NULL,
    failures INTEGER NOT NULL,
    last_ms BIGINT NOT NULL,
    locked_until_ms BIGINT NOT NULL,
    CONSTRAINT pk_attempt PRIMARY KEY (who_hash)
);
CREATE TABLE delivery (
    endpoint_id INTEGER NOT NULL,
    delivery VARCHAR(200) NOT NULL,
    received_ms BIGINT NOT NULL,
    CONSTRAINT pk_delivery PRIMARY KEY (endpoint_id, delivery),
    CONSTRAINT fk_delivery_endpoint_id_endpoint FOREIGN KEY(endpoint_id) REFERENCES endpoint (id) ON DELETE CASCADE
);
CREATE TABLE endpoint (
    id INTEGER NOT NULL,
    name VARCHAR(100) NOT NULL,
    scheme VARCHAR(20) NOT NULL,
    kind VARCHAR(200) NOT NULL,
    secret VARCHAR(300) NOT NULL,
    paths TEXT DEFAULT '{}' NOT NULL,
    created_ms BIGINT NOT NULL,
    last_used_ms BIGINT,
    enabled BOOLEAN DEFAULT '1' NOT NULL, old_secret VARCHAR(300), old_until_ms BIGINT, refused_ms BIGINT, refused_code VARCHAR(60),
    CONSTRAINT pk_endpoint PRIMARY KEY (id),
    CONSTRAINT uq_endpoint_name UNIQUE (name)
);
CREATE TABLE erased (
    subject_hash VARCHAR(64) NOT NULL,
    number BIGINT NOT NULL,
    CONSTRAINT pk_erased PRIMARY KEY (subject_hash),
    CONSTRAINT fk_erased_number_erasure FOREIGN KEY(number) REFERENCES erasure (number)
);
CREATE TABLE erasure (
    number BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    actor VARCHAR(320) NOT NULL,
    receipt TEXT NOT NULL,
    done_ms BIGINT,
    CONSTRAINT pk_erasure PRIMARY KEY (number)
);
CREATE TABLE invitation (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT fk_invitation_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT uq_invitation_token_hash UNIQUE (token_hash)
);
CREATE TABLE parcel (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR(200) NOT NULL,
    n INTEGER NOT NULL,
    received_ms BIGINT NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE passkey (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    credential_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    sign_count BIGINT NOT NULL,
    transports TEXT NOT NULL,
    name VARCHAR(200) NOT NULL,
    created_ms BIGINT NOT NULL,
    last_used_ms BIGINT,
    CONSTRAINT pk_passkey PRIMARY KEY (id),
    CONSTRAINT fk_passkey_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT uq_passkey_credential_id UNIQUE (credential_id)
);
CREATE TABLE record (
    kind VARCHAR(200) NOT NULL,
    digest BLOB NOT NULL,
    import_no INTEGER NOT NULL,
    row_no BIGINT NOT NULL,
    body JSON NOT NULL,
    CONSTRAINT pk_record PRIMARY KEY (kind, digest)
);
CREATE TABLE record_import (
    import_no INTEGER NOT NULL,
    kind VARCHAR(200) NOT NULL,
    line TEXT NOT NULL,
    CONSTRAINT pk_record_import PRIMARY KEY (import_no)
);
CREATE TABLE record_kind (
    kind VARCHAR(200) NOT NULL,
    shape TEXT NOT NULL,
    import_no INTEGER NOT NULL,
    row_no BIGINT NOT NULL,
    n BIGINT NOT NULL,
    CONSTRAINT pk_record_kind PRIMARY KEY (kind)
);
CREATE TABLE record_ledger (
    ledger VARCHAR(32) NOT NULL,
    settings TEXT NOT NULL,
    CONSTRAINT pk_record_ledger PRIMARY KEY (ledger)
);
CREATE TABLE session (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    created_ms BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    user_agent VARCHAR(300) NOT NULL,
    address VARCHAR(100) NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id),
    CONSTRAINT fk_session_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT uq_session_token_hash UNIQUE (token_hash)
);
CREATE TABLE setting (
    name VARCHAR(100) NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name)
);
CREATE TABLE trail (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at_ms BIGINT NOT NULL,
    actor VARCHAR(320) NOT NULL,
    action VARCHAR(50) NOT NULL,
    subject VARCHAR(500) NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX ix_attempt_last_ms ON attempt (last_ms);
CREATE INDEX ix_delivery_received_ms ON delivery (received_ms);
CREATE INDEX ix_erased_number ON erased (number);
CREATE INDEX ix_record_import_kind ON record_import (kind);
CREATE INDEX ix_session_account_id ON session (account_id);
CREATE INDEX ix_trail_action ON trail (action);
CREATE INDEX ix_trail_at_ms ON trail (at_ms);
CREATE TRIGGER trail_DELETE BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_UPDATE BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_again BEFORE INSERT ON trail WHEN EXISTS (SELECT 1 FROM trail WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
