"""The table of a JSON file as PDF by WeasyPrint; prints the seconds of CPU time that the writing took."""

import html
import json
import sys
import time

import weasyprint

STYLE = """
@page { size: A4; margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages) } }
body { font: 9pt sans-serif }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 0.5pt solid #999; padding: 2pt 4pt; text-align: left }
"""


def main() -> None:
    source, out = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        table = json.load(file)
    began = time.process_time()

    def row(cells: list, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

    head = row(table["columns"], "th")
    body = "".join(row(cells, "td") for cells in table["words"])
    page = (
        f"<html lang=en><head><title>Bench</title><style>{STYLE}</style></head>"
        f"<body><h1>Bench</h1><table><thead>{head}</thead><tbody>{body}</tbody></table></body></html>"
    )
    weasyprint.HTML(string=page).write_pdf(out)
    print(time.process_time() - began)


main()
