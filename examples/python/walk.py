"""walk.py URL LOGIN [TAG]: what one sees, the brightness of every image's middle plane.
With TAG, the brightest image of each dataset gets it, with its mean as a key-value.
The password comes from TROUPE_PASSWORD or is asked for."""

import getpass
import os
import sys

from troupe import Problem, Troupe


def middle_mean(lab, image):
    small = len(lab.image(image["id"])["levels"]) - 1
    return lab.pixels(image["id"], z=image["sizeZ"] // 2, t=image["sizeT"] // 2,
                      level=small).mean()


def walk(lab, tag):
    for project in lab.projects():
        print(project["name"])
        for dataset in lab.datasets(project["id"]):
            print("  " + dataset["name"])
            means = {}
            for image in lab.images(dataset["id"]):
                means[image["id"]] = middle_mean(lab, image)
                print(f"    {image['name']}  {means[image['id']]:.1f}")
            if tag and means:
                best = max(means, key=means.get)
                lab.annotate("image", best, tags=[tag], pairs={"mean": round(means[best], 1)})


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    url, login, *tag = sys.argv[1:]
    try:
        lab = Troupe(url).log_in(login, os.environ.get("TROUPE_PASSWORD") or getpass.getpass())
        walk(lab, tag[0] if tag else None)
    except Problem as problem:
        sys.exit(str(problem))
