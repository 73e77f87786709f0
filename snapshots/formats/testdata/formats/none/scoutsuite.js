scoutsuite_results =
{"account_id": "222233334444"}
