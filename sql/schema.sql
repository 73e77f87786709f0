-- Base tables: what the snapshots said, and nothing computed. The contract
-- between ingest, which writes them, and the views, which read them.
-- Times are UTC, and those of snapshots whole seconds. NULL means: the source does not say.
-- <name>_word keeps the word that stood in place of a time, '' for an empty
-- cell. A time and its word are never both set; both NULL means that the column
-- is missing or its cell was refused, which is unknown, not "never".
-- Texts of which a file has one each say how to store them: to look for the best
-- way takes three times as long, at the end of a load, when nobody else works.
-- What must be unique is checked by tests/, not by constraints: an index costs
-- more than the load.

-- As an enum a word costs a third of the time that it costs as text.
create type if not exists word as enum ('', 'N/A', 'no_information', 'not_supported');

create table if not exists schema_version (
    version integer not null                -- of this file; ingest refuses a newer one
);

create table if not exists view_version (
    sha256  varchar not null                -- of the statements that made the views
);

create table if not exists ingest_run (     -- one row per run of ingest: the ledger
    run_id          integer not null,       -- 1, 2, ... in the order of the runs
    started_at      timestamp not null,
    finished_at     timestamp,              -- NULL: the run was cut off
    version         varchar not null,       -- of iamcensus
    arguments       varchar not null,       -- paths and flags as given
    n_files         bigint not null default 0,  -- seen
    n_unchanged     bigint not null default 0,  -- of them loaded by an earlier run
    n_rows_read     bigint not null default 0,
    n_rows_loaded   bigint not null default 0,
    n_rows_refused  bigint not null default 0,
    asked           bigint,                 -- hash of what decides, beside the files, how they are read; NULL: cut off
    file_ids        bigint,                 -- their sum in source_file when the run ended: as long as it is the same, so are the files
    folders         bigint                  -- sum of the hashes of all folders it went through and their times of change; NULL: do not rely on it
);

create table if not exists source_file (    -- one row per file that was read
    file_id         integer not null,       -- 1, 2, ... in the order of reading
    path            varchar not null using compression uncompressed, -- as found, '/' between folders
    sha256          varchar not null using compression uncompressed, -- of the bytes as found, hexadecimal
    size_bytes      bigint not null,
    modified_at     timestamp,              -- of the file; NULL where there is none
    folder_changed_ns bigint,               -- since 1970, of its folder, if that has nothing but files: as long as it is the same, so is their list; NULL: do not rely on it
    folder_files    integer,                -- how many there were: only if all are in the ledger, it has the list; NULL with the above
    format          varchar using compression dictionary, -- NULL: nobody recognized it
    org_id          varchar using compression uncompressed, -- whose it is by manifests, folders and flags
    account_id      varchar using compression uncompressed,
    hint            ubigint not null,       -- hash of all that manifests, folders and flags said of it when it was read
    outcome         varchar not null using compression dictionary, -- loaded, duplicate (of a file that is), manifest, refused, archive (its members have rows of their own)
    n_rows_read     bigint not null,        -- = loaded + refused
    n_rows_loaded   bigint not null,
    n_rows_refused  bigint not null
);

create table if not exists ingest_issue (   -- one row per thing that could not be taken as it stood
    issue_id        integer not null,
    file_id         integer not null,
    path            varchar not null,
    line            integer,                -- 1 = first line of the text; NULL: the whole file
    column_name     varchar,                -- NULL: the whole row
    kind            varchar not null,       -- bad_time, field_count, duplicate_user, ...
    reason          varchar not null,       -- what is wrong, in words
    remedy          varchar not null,       -- what to do about it
    n_rows_refused  bigint not null         -- rows that are not loaded for this reason
);

create table if not exists organization (   -- the customer that handed the data over
    org_id          varchar not null
);

create table if not exists account_expectation ( -- one row per manifest that says how many accounts to expect
    org_id          varchar not null,
    captured_at     timestamp_s,              -- NULL: whenever
    n_accounts      bigint not null,
    file_id         integer not null
);

create table if not exists account (        -- one row per organization that names the account
    org_id          varchar not null using compression uncompressed,
    account_id      varchar not null using compression uncompressed -- 12 digits, or a pseudonym
);

create table if not exists snapshot (       -- one account at one time
    snapshot_id         integer not null,
    org_id              varchar not null using compression uncompressed,
    account_id          varchar not null using compression uncompressed,
    captured_at         timestamp_s not null,
    captured_at_source  varchar not null using compression dictionary, -- report, manifest, path or flag
    is_standalone       boolean,            -- belongs to no AWS Organization, as a manifest says
    partition           varchar using compression dictionary, -- aws, aws-cn, aws-us-gov; NULL: no ARN
    missing_columns     varchar,            -- of the credential report, comma separated; NULL: none
    unknown_columns     varchar,            -- that nobody reads; NULL: none
    file_id             integer not null,
    source_note         varchar using compression dictionary -- where the data come from, as a manifest says
);

create table if not exists iam_user (       -- one row per IAM user of a snapshot, root excluded
    user_id                     bigint not null,    -- unique over all snapshots
    snapshot_id                 integer not null,
    user_name                   varchar not null using compression fsst,    -- names hardly repeat: looking for that costs as much again
    created_at                  timestamp_s,
    password_enabled            boolean,
    password_last_used_at       timestamp_s,
    password_last_used_word     word,
    password_last_changed_at    timestamp_s,
    password_last_changed_word  word,
    password_next_rotation_at   timestamp_s,
    mfa_active                  boolean             -- a device is assigned
);

create table if not exists user_arn (       -- one row per user whose ARN is not arn:<partition>:iam::<account_id>:user/<user_name>
    user_id             bigint not null,
    path                varchar,            -- '/a/b/', where it is arn:<partition>:iam::<account_id>:user<path><user_name>; NULL: it is not
    irregular_arn       varchar             -- as found, where there is no path; both NULL: no ARN
);

create table if not exists access_key (     -- one row per slot that holds a key, or may hold one
    user_id             bigint not null,
    snapshot_id         integer not null,
    slot                tinyint not null,   -- 1 or 2; 1 is not always the older
    is_active           boolean,
    last_rotated_at     timestamp_s,        -- creation of the current key
    last_rotated_word   word,
    last_used_at        timestamp_s,
    last_used_word      word,
    key_use_id          integer             -- NULL: the report gives neither region nor service
);

create table if not exists key_use (        -- one row per region and service in which a key was last used
    key_use_id          integer not null,
    region              varchar,            -- us-east-1
    service             varchar             -- s3
);

create table if not exists signing_certificate ( -- X.509, one row per slot that holds one, or may
    user_id             bigint not null,
    snapshot_id         integer not null,
    slot                tinyint not null,   -- 1 or 2
    is_active           boolean,
    last_rotated_at     timestamp_s
);

create table if not exists root_account (   -- the root user, one row per snapshot that shows it
    snapshot_id                 integer not null,
    created_at                  timestamp_s,
    password_enabled            boolean,
    password_enabled_word       word,       -- 'not_supported' in reports until 2023: root has a password
    password_last_used_at       timestamp_s,
    password_last_used_word     word,
    password_last_changed_at    timestamp_s,
    mfa_active                  boolean,
    access_key_1_active         boolean,
    access_key_1_last_rotated_at timestamp_s,
    access_key_1_last_used_at   timestamp_s,
    access_key_1_last_used_word word,
    access_key_2_active         boolean,
    access_key_2_last_rotated_at timestamp_s,
    access_key_2_last_used_at   timestamp_s,
    access_key_2_last_used_word word,
    cert_1_active               boolean,
    cert_2_active               boolean
);

-- What files say beside credentials: one document per file and account or AWS
-- Organization, and its lists.

create table if not exists document (
    document_id         integer not null,
    org_id              varchar not null,
    account_id          varchar,            -- NULL: it speaks of an AWS Organization
    captured_at         timestamp_s not null,
    captured_at_source  varchar not null,   -- report, manifest, path or flag
    format              varchar not null,
    region              varchar,            -- NULL: global
    n_rows              bigint not null,    -- list elements that were read
    file_id             integer not null
);

create table if not exists entity (         -- things that are counted, not judged
    document_id         integer not null,
    kind                varchar not null,   -- user, role, bucket, trail, ...
    entity_key          varchar,            -- AWS's id or name; NULL: a bare count
    n                   bigint not null     -- 1 where there is a key
);

create table if not exists described_user ( -- IAM users as other files than credential reports know them
    document_id         integer not null,
    user_name           varchar not null,
    arn                 varchar,
    aws_user_id         varchar,            -- AIDA...
    created_at          timestamp_s
);

create table if not exists root_summary (   -- the root user in an account summary
    document_id         integer not null,
    has_mfa             boolean,
    has_access_keys     boolean,            -- active or not: the summary does not say
    has_password        boolean,
    has_certificates    boolean
);

create table if not exists password_policy (
    document_id         integer not null,
    is_set              boolean not null,   -- false: the account has none of its own
    minimum_length      integer,
    require_symbols     boolean,
    require_numbers     boolean,
    require_uppercase   boolean,
    require_lowercase   boolean,
    allow_change        boolean,
    expire_passwords    boolean,
    max_age_days        integer,            -- 0: no expiry
    reuse_prevention    integer,            -- passwords remembered; 0: none
    hard_expiry         boolean
);

create table if not exists aws_organization (
    document_id             integer not null,
    is_in_use               boolean,        -- false: the account is standalone
    aws_org_id              varchar,        -- o-...
    management_account_id   varchar,
    feature_set             varchar         -- ALL or CONSOLIDATED_BILLING
);

create table if not exists aws_member (     -- accounts that an AWS Organization lists
    document_id         integer not null,
    account_id          varchar not null,
    status              varchar,            -- ACTIVE, SUSPENDED, PENDING_CLOSURE
    joined_at           timestamp_s
);

create table if not exists aws_node (       -- roots, organizational units and accounts in the tree
    document_id         integer not null,
    node_id             varchar not null,
    kind                varchar not null,   -- ROOT, ORGANIZATIONAL_UNIT, ACCOUNT
    node_name           varchar,
    parent_id           varchar,            -- NULL: a root, or this file does not say
    is_scp_enabled      boolean             -- of a root
);

create table if not exists aws_policy (
    document_id         integer not null,
    policy_id           varchar not null,   -- p-...
    policy_name         varchar,
    type                varchar,            -- SERVICE_CONTROL_POLICY, ...
    has_content         boolean not null,   -- its statements are in aws_policy_statement
    content_error       varchar             -- why the content cannot be read; NULL: it can
);

create table if not exists aws_policy_statement (
    document_id             integer not null,
    policy_id               varchar not null,
    statement_index         integer not null,   -- from 0
    sid                     varchar,
    effect                  varchar not null,   -- Deny or Allow
    mfa_class               varchar not null,   -- full, console_only, partial, none
    is_open_without_mfa     boolean not null,   -- of an Allow
    reason                  varchar not null
);

create table if not exists aws_policy_target (
    document_id         integer not null,
    policy_id           varchar not null,
    node_id             varchar not null
);

create table if not exists aws_listing (    -- lists that are whole
    document_id         integer not null,
    listing             varchar not null,   -- policies, policies_of_node, targets_of_policy
    whom                varchar             -- NULL: of the whole AWS Organization
);

create table if not exists config_compliance ( -- results of AWS Config rules
    document_id         integer not null,
    rule_name           varchar not null,
    resource_type       varchar,
    resource_id         varchar,
    result              varchar not null,   -- COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE, INSUFFICIENT_DATA
    recorded_at         timestamp_s,
    annotation          varchar
);

create table if not exists config_rule (
    document_id         integer not null,
    rule_name           varchar not null,
    identifier          varchar,            -- ACCESS_KEYS_ROTATED, ...
    parameters          varchar             -- JSON
);
