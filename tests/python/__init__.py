"""The light runtimes are Python: whole test suites, run where visitors' policies run, beside the stock one."""
