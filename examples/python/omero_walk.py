"""omero_walk.py URL LOGIN: projects, datasets and images by OMERO's JSON API, with sizes,
channels and regions. The password comes from TROUPE_PASSWORD or is asked for."""

import getpass
import os
import sys

from omero_web import OmeroWeb, Refused


def sizes(image):
    pixels = image["Pixels"]
    text = " x ".join(str(pixels["Size" + axis]) for axis in "XYZCT")
    width = pixels.get("PhysicalSizeX")
    scale = f", {width['Value']:g} {width['Symbol']} a pixel" if width else ""
    return f"{text} {pixels['Type']['value']}{scale}"


def channels(image):
    return [channel.get("Name", "?") for channel in image["Pixels"]["Channels"]]


def shapes(web, image):
    """Kinds of the shapes that are drawn on an image, region by region."""
    return [[shape["@type"].split("#")[1] for shape in roi.get("shapes", [])]
            for roi in web.list(image["url:rois"])]


def walk(web):
    for project in web.list("projects", limit=2, childCount="true"):
        print(f"{project['Name']} ({project['omero:childCount']})")
        for dataset in web.list(project["url:datasets"]):
            print("  " + dataset["Name"])
            for image in web.list(dataset["url:images"]):
                whole = web.one("images", image["@id"])
                print(f"    {image['Name']}: {sizes(image)}, {', '.join(channels(whole))}")
                for roi in shapes(web, whole):
                    print("      " + ", ".join(roi))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    url, login = sys.argv[1:]
    try:
        walk(OmeroWeb(url).log_in(login,
                                  os.environ.get("TROUPE_PASSWORD") or getpass.getpass()))
    except Refused as refusal:
        sys.exit(str(refusal))
