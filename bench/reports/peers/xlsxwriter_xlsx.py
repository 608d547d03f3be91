"""The table of a JSON file as workbook by XlsxWriter, with memory that does not grow; prints the seconds of CPU
time that the writing took."""

import json
import sys
import time

import xlsxwriter

FORMATS = {"second": "yyyy-mm-dd hh:mm:ss", "duration": "[h]:mm:ss", "percent": "0.0%", "count": "0"}


def main() -> None:
    source, out = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        table = json.load(file)
    began = time.process_time()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("Report")
    formats = [book.add_format({"num_format": FORMATS[kind]}) if kind in FORMATS else None for kind in table["kinds"]]
    for column, name in enumerate(table["columns"]):
        sheet.write_string(0, column, name)
    for place, cells in enumerate(table["values"], start=1):
        for column, (cell, form) in enumerate(zip(cells, formats)):
            if form is None:
                sheet.write_string(place, column, cell)
            else:
                sheet.write_number(place, column, cell, form)
    sheet.autofilter(0, 0, len(table["values"]), len(formats) - 1)
    sheet.freeze_panes(1, 0)
    book.close()
    print(time.process_time() - began)


main()
