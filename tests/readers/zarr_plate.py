"""Python's zarr opens a plate over HTTP and gets the samples of its fields. Runs on a
server that holds the small specimens; see run.sh. TROUPE_URL, TROUPE_LOGIN,
TROUPE_PASSWORD."""

import os
import unittest

import numpy
import zarr

import troupe


class Plate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = troupe.Troupe(os.environ["TROUPE_URL"])
        cls.lab.log_in(os.environ["TROUPE_LOGIN"], os.environ["TROUPE_PASSWORD"])
        cls.images = [i["id"] for i in cls.lab.items("images", limit=1000)][:3]
        cls.plate = cls.lab.post("plates", {"name": "Readers", "rows": 2, "columns": 3})["id"]
        places = [(0, 0), (0, 0), (1, 2)]
        fields = [{"row": row, "column": column, "image": image}
                  for (row, column), image in zip(places, cls.images)]
        cls.lab.send("PUT", f"plates/{cls.plate}/fields", {"fields": fields})

    def opened(self, what, **more):
        headers = {"Authorization": f"Bearer {self.lab.token}"}
        store = zarr.storage.FSStore(f"{self.lab.url}/zarr/v0.4/{what}.zarr", mode="r",
                                     client_kwargs={"headers": headers}, **more)
        return store, zarr.open_group(store, mode="r")

    def check(self, group, image):
        about = self.lab.image(image)
        datasets = group.attrs["multiscales"][0]["datasets"]
        self.assertEqual(len(datasets), len(about["levels"]))
        for level, dataset in enumerate(datasets):
            array = group[dataset["path"]]
            planes = numpy.asarray(array[0, :, about["sizeZ"] - 1])
            for c in range(about["sizeC"]):
                expected = self.lab.pixels(image, z=about["sizeZ"] - 1, c=c, level=level)
                numpy.testing.assert_array_equal(planes[c], expected)

    def test_a_plate_leads_to_its_wells_and_fields(self):
        _, plate = self.opened(f"plates/{self.plate}")
        about = plate.attrs["plate"]
        self.assertEqual([w["path"] for w in about["wells"]], ["A/1", "B/3"])
        found = []
        for well in about["wells"]:
            group = plate[well["path"]]
            for field in group.attrs["well"]["images"]:
                image = group[field["path"]].attrs["omero"]["id"]
                found.append(image)
                self.check(group[field["path"]], image)
        self.assertEqual(sorted(found), sorted(self.images))

    def test_an_image_opens_by_its_consolidated_metadata(self):
        store, _ = self.opened(f"images/{self.images[0]}")
        group = zarr.open_consolidated(store, mode="r")
        self.assertIn("0", group)
        self.check(group, self.images[0])

    def test_masks_are_labels(self):
        image = self.images[0]
        mask = {"kind": "mask", "geometry": [3, 2, 8, 3], "mask": "////"}
        region = self.lab.draw(image, [mask], "cell")["id"]
        _, group = self.opened(f"images/{image}")
        self.assertEqual(group["labels"].attrs["labels"], ["rois"])
        drawn = group["labels/rois/0"][0, 0, 0]
        expected = numpy.zeros_like(drawn)
        expected[2:5, 3:11] = region
        numpy.testing.assert_array_equal(drawn, expected)


if __name__ == "__main__":
    unittest.main()
