"""The package as one zip file, and its description for search engines."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pandas as pd

from helpers.findings import published
from helpers.record import DESCRIPTOR, Campaign
from helpers.record.citations import BIBLIOGRAPHY
from helpers.record.quoting import file_name

#: Files that belong to the package beside its tables, where they are there.
COMPANIONS = (
    *(DESCRIPTOR, BIBLIOGRAPHY, published.FILE),
    *("README.md", "LICENSE", "CHANGELOG.md", "ERRATA.md", "OPEN-QUESTIONS.md"),
)
#: What is told of the package where its descriptor says it.
_TOLD = {"description": "description", "version": "version", "dateCreated": "created"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes on every run: zip files know no earlier day


def write_zip(campaign: Campaign, path: Path) -> None:
    """Write the tables, the descriptor and what explains them into one zip file, the same bytes on every run."""
    tables = [file_name(resource["path"]) for resource in campaign.package["resources"]]
    folder = file_name(campaign.package["name"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted({*tables, *COMPANIONS}):
            if (campaign.path / name).is_file():
                entry = zipfile.ZipInfo(f"{folder}/{name}", EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, (campaign.path / name).read_bytes())


def dataset(campaign: Campaign) -> dict:
    """Return the description of the data set in the vocabulary of schema.org.

    >>> dataset(campaign)["@type"], dataset(campaign)["version"] == campaign.package["version"]
    ('Dataset', True)
    """
    package = campaign.package
    licences = [licence for licence in package.get("licenses", ()) if "path" in licence]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        **{told: package[key] for told, key in _TOLD.items() if package.get(key)},
        **({"license": licences[0]["path"]} if licences else {}),
        "keywords": list(package.get("keywords", ())),
        **_coverage(campaign),
        **({"spatialCoverage": {"@type": "Place", "name": package["spatial"]}} if package.get("spatial") else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": r.get("title", r["name"]),
                "description": r.get("description", ""),
                "encodingFormat": r.get("mediatype", "text/csv"),
                "contentUrl": r["path"],
            }
            for r in package["resources"]
        ],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f"{r['name']}.{f['name']}", "description": f.get("description", "")}
            for r in package["resources"]
            for f in r["schema"]["fields"]
        ],
    }


def write_jsonld(campaign: Campaign, path: Path) -> None:
    """Write the description of the data set as JSON-LD."""
    path.write_text(json.dumps(dataset(campaign), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _coverage(campaign: Campaign) -> dict[str, str]:
    """From the first to the last day of the events; nothing where no event has a day."""
    first, last = campaign.events["earliest"].min(), campaign.events["latest"].max()
    return {} if pd.isna(first) or pd.isna(last) else {"temporalCoverage": f"{first.date()}/{last.date()}"}
