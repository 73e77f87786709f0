-- Base tables: the contents of the snapshots, and nothing computed. Ingest writes
-- them, the views read them.
-- Times are UTC; those of snapshots are whole seconds. NULL is unknown.
-- <name>_missing is why a time is missing: the text of the cell, '' for an empty
-- one. A time and its <name>_missing are never both set; both are NULL where the
-- column is missing or the cell was invalid, which is unknown, not "never".
-- Texts that each file has once say how to store them: DuckDB would try several
-- ways, which takes three times as long at the end of a load.
-- Uniqueness is checked by tests/, not by constraints: an index costs more than
-- the load.

-- As an enum, a reason costs a third of the time that it costs as text.
create type if not exists missing_reason as enum ('', 'N/A', 'no_information', 'not_supported');

create table if not exists schema_version (
    version integer not null                -- of this file; another one is refused
);

create table if not exists view_version (
    sha256  varchar not null                -- of the statements that created the views
);

create table if not exists ingest_run (     -- one row per run of ingest: the ledger
    run_id          integer not null,       -- 1, 2, ... in the order of the runs
    started_at      timestamp not null,
    finished_at     timestamp,              -- NULL: the run was interrupted
    version         varchar not null,       -- of iamcensus
    arguments       varchar not null,       -- paths and flags as given
    n_files         bigint not null default 0,  -- found
    n_unchanged     bigint not null default 0,  -- of them loaded by a previous run
    n_rows_read     bigint not null default 0,
    n_rows_loaded   bigint not null default 0,
    n_rows_refused  bigint not null default 0,
    request_hash    bigint,                 -- of everything besides the files that decides how they are read; NULL: interrupted
    file_ids        bigint,                 -- sum of file_id in source_file when the run ended; unchanged, if the files are unchanged
    folders         bigint                  -- sum of the hashes of all folders and their times of change; NULL: not reliable
);

create table if not exists source_file (    -- one row per file that was read
    file_id         integer not null,       -- 1, 2, ... in the order of reading
    path            varchar not null using compression uncompressed, -- as found, '/' between folders
    sha256          varchar not null using compression uncompressed, -- of the bytes as found, hexadecimal
    size_bytes      bigint not null,        -- -1: loaded, and gone since; its issues are removed
    modified_at     timestamp,              -- of the file; NULL where there is none
    folder_changed_ns bigint,               -- since 1970, of its folder, if that has only files: unchanged, if their list is unchanged; NULL: not reliable
    folder_files    integer,                -- files in the folder: the ledger has the list only if it has all of them; NULL with the above
    format          varchar using compression dictionary, -- NULL: unrecognized
    org_id          varchar using compression uncompressed, -- by manifests, folders and flags
    account_id      varchar using compression uncompressed,
    attribution_hash ubigint not null,      -- of what manifests, folders and flags tell about the file
    outcome         varchar not null using compression dictionary, -- loaded, duplicate (of a loaded file), manifest, refused, ignored (litter), archive (its members have their own rows)
    n_rows_read     bigint not null,        -- = loaded + refused
    n_rows_loaded   bigint not null,
    n_rows_refused  bigint not null
);

create table if not exists ingest_issue (   -- one row per problem with a file, row or cell
    issue_id        integer not null,
    file_id         integer not null,
    path            varchar not null,
    line            integer,                -- 1 = first line of the text; NULL: the whole file
    column_name     varchar,                -- NULL: the whole row
    kind            varchar not null,       -- bad_time, field_count, duplicate_user, ...
    reason          varchar not null,       -- what is wrong
    remedy          varchar not null,       -- what to do
    n_rows_refused  bigint not null         -- rows that are not loaded because of it
);

create table if not exists organization (   -- a customer
    org_id          varchar not null
);

create table if not exists account_expectation ( -- one row per manifest that names an account or states a number of accounts
    org_id          varchar not null,
    account_id      varchar,                -- NULL: it names none
    captured_at     timestamp_s,            -- NULL: at any time
    n_accounts      bigint,                 -- of the organization; NULL: it states none
    file_id         integer not null
);

create table if not exists account (        -- one row per organization and account
    org_id          varchar not null using compression uncompressed,
    account_id      varchar not null using compression uncompressed -- 12 digits, or a pseudonym
);

create table if not exists snapshot (       -- one account at one time
    snapshot_id         integer not null,
    org_id              varchar not null using compression uncompressed,
    account_id          varchar not null using compression uncompressed,
    captured_at         timestamp_s not null,
    captured_at_source  varchar not null using compression dictionary, -- report, manifest, layout, path or flag
    captured_at_is_date boolean not null default false, -- no time of day is known: captured_at is 00:00:00
    is_standalone       boolean,            -- is in no AWS Organization, by a manifest
    partition           varchar using compression dictionary, -- aws, aws-cn, aws-us-gov; NULL: no ARN
    missing_columns     varchar,            -- of the credential report, comma separated; NULL: none
    unknown_columns     varchar,            -- that are not read; NULL: none
    file_id             integer not null,
    source_note         varchar using compression dictionary -- origin of the data, by a manifest
);

create table if not exists iam_user (       -- one row per IAM user of a snapshot, root excluded
    user_id                     bigint not null,    -- unique over all snapshots
    snapshot_id                 integer not null,
    user_name                   varchar not null using compression fsst,    -- names rarely repeat: a search for repetitions doubles the time
    created_at                  timestamp_s,
    password_enabled            boolean,
    password_last_used_at       timestamp_s,
    password_last_used_missing  missing_reason,
    password_last_changed_at    timestamp_s,
    password_last_changed_missing missing_reason,
    password_next_rotation_at   timestamp_s,
    mfa_active                  boolean,            -- a device is assigned
    has_more_credentials        boolean             -- the report lacks some of the user's keys or certificates
);

create table if not exists user_arn (       -- one row per user whose ARN is not arn:<partition>:iam::<account_id>:user/<user_name>
    user_id             bigint not null,
    path                varchar,            -- '/a/b/', where the ARN is arn:<partition>:iam::<account_id>:user<path><user_name>; NULL: it has another form
    irregular_arn       varchar             -- as found, where it has another form; both NULL: no ARN
);

create table if not exists access_key (     -- one row per slot that holds a key, or may hold one
    user_id             bigint not null,
    snapshot_id         integer not null,
    slot                tinyint not null,   -- 1 or 2; 1 is not always the older
    is_active           boolean,
    last_rotated_at     timestamp_s,        -- creation of the current key
    last_rotated_missing missing_reason,
    last_used_at        timestamp_s,
    last_used_missing   missing_reason,
    key_use_id          integer             -- NULL: the report has neither region nor service
);

create table if not exists key_use (        -- a region and service where keys were last used; one row each, of the first 100,000
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

create table if not exists root_account (   -- the root user, one row per snapshot with a root row
    snapshot_id                 integer not null,
    created_at                  timestamp_s,
    password_enabled            boolean,
    password_enabled_missing    missing_reason,       -- 'not_supported' in reports until 2023: root has a password
    password_last_used_at       timestamp_s,
    password_last_used_missing  missing_reason,
    password_last_changed_at    timestamp_s,
    mfa_active                  boolean,
    access_key_1_active         boolean,
    access_key_1_last_rotated_at timestamp_s,
    access_key_1_last_used_at   timestamp_s,
    access_key_1_last_used_missing missing_reason,
    access_key_2_active         boolean,
    access_key_2_last_rotated_at timestamp_s,
    access_key_2_last_used_at   timestamp_s,
    access_key_2_last_used_missing missing_reason,
    cert_1_active               boolean,
    cert_2_active               boolean
);

-- Files other than credential reports: one document per file and account or AWS
-- Organization, and its lists.

create table if not exists document (
    document_id         integer not null,
    org_id              varchar not null,
    account_id          varchar,            -- NULL: it is about an AWS Organization
    captured_at         timestamp_s not null,
    captured_at_source  varchar not null,   -- report, manifest, layout, path or flag
    format              varchar not null,
    region              varchar,            -- NULL: global
    aws_org_id          varchar,            -- o-..., of the AWS Organization that an ARN of the file names; NULL: no ARN does
    aws_management_account_id varchar,      -- by an ARN of the file
    aws_root_id         varchar,            -- r-..., by an id of a root or unit in the file
    n_rows              bigint not null,    -- list elements that were read
    file_id             integer not null
);

create table if not exists guessed_account ( -- one row per document whose account only the position of a folder, or a report beside it, names
    document_id         integer not null
);

create table if not exists entity (         -- resources that are counted, not checked
    document_id         integer not null,
    kind                varchar not null,   -- user, role, bucket, trail, ...
    entity_key          varchar,            -- AWS's id or name; NULL: only a count
    n                   bigint not null     -- 1 where there is a key
);

create table if not exists described_user ( -- IAM users in files other than credential reports
    document_id         integer not null,
    user_name           varchar not null,
    arn                 varchar,
    aws_user_id         varchar,            -- AIDA...
    created_at          timestamp_s
);

create table if not exists root_summary (   -- the root user in an account summary
    document_id         integer not null,
    has_mfa             boolean,
    has_access_keys     boolean,            -- active or not: the summary does not tell
    has_password        boolean,
    has_certificates    boolean
);

create table if not exists password_policy (
    document_id         integer not null,
    is_set              boolean not null,   -- false: AWS's default applies
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

create table if not exists aws_organization ( -- answers on an AWS Organization, or that there is none
    document_id         integer not null,
    is_in_use           boolean,            -- false: the account is standalone
    feature_set         varchar             -- ALL or CONSOLIDATED_BILLING
);

create table if not exists aws_member (     -- accounts that an AWS Organization lists
    document_id         integer not null,
    account_id          varchar not null,
    account_name        varchar,
    status              varchar,            -- ACTIVE, SUSPENDED, PENDING_CLOSURE
    joined_at           timestamp_s
);

create table if not exists aws_node (       -- roots, organizational units and accounts in the tree
    document_id         integer not null,
    node_id             varchar not null,
    kind                varchar not null,   -- ROOT, ORGANIZATIONAL_UNIT, ACCOUNT
    node_name           varchar,
    parent_id           varchar,            -- NULL: a root, or not in this file
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

create table if not exists aws_listing (    -- lists that are complete
    document_id         integer not null,
    listing             varchar not null,   -- accounts, roots, policies; accounts_of_node, units_of_node, children_of_node, parents_of_node, policies_of_node; targets_of_policy
    subject_id          varchar             -- the node or policy; NULL: the whole AWS Organization
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
