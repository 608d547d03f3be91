"""Prints what openpyxl reads in a workbook as JSON: read_xlsx.py FILE"""
import datetime
import json
import sys

import openpyxl


def cell(one):
    value = one.value
    if isinstance(value, (datetime.datetime, datetime.timedelta)):
        value = str(value)
    return {"type": one.data_type, "value": value, "format": one.number_format}


def sheet(one):
    return {
        "name": one.title,
        "frozen": one.freeze_panes,
        "filter": one.auto_filter.ref,
        "charts": len(one._charts),
        "rows": [[cell(at) for at in row] for row in one.iter_rows()],
    }


book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({"title": book.properties.title, "sheets": [sheet(one) for one in book]}))
