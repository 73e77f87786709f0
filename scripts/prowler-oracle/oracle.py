"""Runs Prowler's checks on random IAM users, for engine/prowler_test.go.

Users, passwords, MFA devices and keys are created in moto, a mock of AWS, at a
fixed time; Prowler's own classes read them through boto3 as they read an
account. It writes three files: report.csv, the credential report that Prowler
read; manifest.json, its time; verdicts.csv, one line per finding. Equal
versions write equal bytes. Prowler logs errors for calls that moto does not
have; the checks do not use their results.

    python3.11 -m venv /tmp/prowler-oracle
    /tmp/prowler-oracle/bin/pip install --no-deps -r requirements.txt
    /tmp/prowler-oracle/bin/python oracle.py ../../engine/testdata/prowler
"""

import csv
import importlib
import json
import os
import random
import re
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=timezone.utc)
ACCOUNT = "123456789012"  # the account of moto
USERS = 250
CHECKS = [
    "iam_user_mfa_enabled_console_access",
    "iam_user_no_setup_initial_access_key",
    "iam_user_two_active_access_key",
    "iam_rotate_access_key_90_days",
    "iam_user_accesskey_unused",
    "iam_user_console_access_unused",
]

# Invalid credentials; and UTC, because one check compares with local time.
os.environ.update(
    AWS_ACCESS_KEY_ID="mock", AWS_SECRET_ACCESS_KEY="mock", AWS_DEFAULT_REGION="us-east-1", TZ="UTC"
)
time.tzset()

import boto3
from freezegun import freeze_time
from moto import mock_aws
from moto.iam.models import IAMBackend, iam_backends
from prowler.providers.aws.aws_provider import AwsProvider
from prowler.providers.common.models import Audit_Metadata
from prowler.providers.common.provider import Provider

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
THRESHOLDS = [n * DAY + s * SECOND for n in (45, 46, 90, 91) for s in (-1, 0, 1)]  # and a second on either side
rng = random.Random(20210506)


def age(at_least=timedelta(0)):
    """A random age. Half of the ages are at thresholds of the checks."""
    thresholds = [t for t in THRESHOLDS if t >= at_least]
    if thresholds and rng.random() < 0.5:
        return rng.choice(thresholds)
    return at_least + timedelta(seconds=rng.randrange(600 * 86400))


def create_user(iam, name):
    """Creates one user. Keys are created before their use, and after their user."""
    password_used = age() if rng.random() < 0.7 else None
    keys = []
    for _ in range(rng.choice([0, 1, 1, 2, 2])):
        used = age() if rng.random() < 0.7 else None
        keys.append((age(used or timedelta(0)), used, rng.random() < 0.7))
    keys.sort(key=lambda key: -key[0])
    created = max([timedelta(0), password_used or timedelta(0)] + [made for made, _, _ in keys])
    created += rng.choice([timedelta(0), SECOND, 10 * SECOND, 11 * SECOND, 30 * DAY])

    with freeze_time(NOW - created):
        iam.create_user(UserName=name, Path=rng.choice(["/", "/", "/team/"]))
        if rng.random() < 0.6:
            iam.create_login_profile(UserName=name, Password="a password")
        if rng.random() < 0.4:
            device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
            iam.enable_mfa_device(
                UserName=name, SerialNumber=device["SerialNumber"],
                AuthenticationCode1="123456", AuthenticationCode2="654321",
            )
    for made, _, active in keys:
        with freeze_time(NOW - made):
            key = iam.create_access_key(UserName=name)["AccessKey"]
        if not active:
            iam.update_access_key(UserName=name, AccessKeyId=key["AccessKeyId"], Status="Inactive")

    # moto has no call that records a use; its documentation says to set these
    user = iam_backends[ACCOUNT]["aws"].users[name]
    if password_used is not None:
        user.password_last_used = NOW - password_used
    for key, (_, used, _) in zip(user.access_keys, keys):
        if used is not None:
            key.last_used = NOW - used


def add_root():
    """Adds a root row to the report, which moto's lacks. Root has two active keys:
    the first old and never used, the second last used 46 days ago."""
    stamp = lambda t: t.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    made, used = stamp(NOW - 1000 * DAY), stamp(NOW - 46 * DAY)
    root = ",".join(
        ["<root_account>", f"arn:aws:iam::{ACCOUNT}:root", made, "true", used, made, "not_supported", "true"]
        + ["true", made, "N/A", "N/A", "N/A"]
        + ["true", made, used, "us-east-1", "s3"]
        + ["false", "N/A", "false", "N/A"]
    )
    report = IAMBackend.get_credential_report

    def with_root(backend):
        header, rows = report(backend).split("\n", 1)
        return f"{header}\n{root}\n{rows}"

    IAMBackend.get_credential_report = with_root


def set_provider():
    """Sets the account that Prowler's IAM client reads when a check imports it."""
    provider = AwsProvider(regions={"us-east-1"}, config_content={"aws": {}})
    provider.audit_metadata = Audit_Metadata(
        services_scanned=0, expected_checks=CHECKS, completed_checks=0, audit_progress=0
    )
    Provider.set_global_provider(provider)


def findings(check):
    """Yields (user, slot or empty, status) of each finding."""
    module = importlib.import_module(f"prowler.providers.aws.services.iam.{check}.{check}")
    for finding in getattr(module, check)().execute():
        slot = re.search(r"access key ([12])\b", finding.status_extended) if finding.status == "FAIL" else None
        name = "<root_account>" if finding.resource_arn.endswith(":root") else finding.resource_arn.rsplit("/", 1)[1]
        yield name, slot[1] if slot else "", finding.status


@mock_aws
def main(folder):
    iam = boto3.client("iam")
    for n in range(USERS):
        create_user(iam, f"user-{n:03}")
    add_root()
    folder.mkdir(parents=True, exist_ok=True)
    with freeze_time(NOW):
        set_provider()
        with open(folder / "verdicts.csv", "w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["check", "user", "slot", "status"])
            for check in CHECKS:
                out.writerows((check, *finding) for finding in sorted(findings(check)))
        (folder / "report.csv").write_bytes(iam.get_credential_report()["Content"])
    manifest = {
        "organization": "oracle",
        "captured_at": NOW.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "standalone": True,
        "source": "made at random under moto by scripts/prowler-oracle",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
