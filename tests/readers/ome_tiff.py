"""Python's tifffile opens what is exported as OME-TIFF and gets the samples, level by level.
Runs on a server that holds the small specimens; see run.sh. TROUPE_URL, TROUPE_LOGIN,
TROUPE_PASSWORD."""

import io
import os
import unittest

import numpy
import tifffile

import troupe


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = troupe.Troupe(os.environ["TROUPE_URL"])
        cls.lab.log_in(os.environ["TROUPE_LOGIN"], os.environ["TROUPE_PASSWORD"])

    def check(self, image):
        about = self.lab.image(image)
        _, exported = self.lab.send("GET", f"images/{image}/ome.tiff")
        with tifffile.TiffFile(io.BytesIO(exported)) as file:
            self.assertTrue(file.is_ome)
            series = file.series[0]
            self.assertEqual(len(series.levels), len(about["levels"]))
            z, t = about["sizeZ"] - 1, about["sizeT"] - 1
            for number, level in enumerate(series.levels):
                for c in range(about["sizeC"]):
                    at = {"T": t, "Z": z, "C": c, "S": c}
                    plane = level.asarray()[tuple(at.get(axis, slice(None)) for axis in level.axes)]
                    expected = self.lab.pixels(image, z=z, t=t, c=c, level=number)
                    numpy.testing.assert_array_equal(plane, expected)

    def test_every_specimen_is_read_as_it_is(self):
        images = [i["id"] for i in self.lab.items("images", limit=1000)]
        self.assertTrue(images)
        for image in images:
            with self.subTest(image=image):
                self.check(image)


if __name__ == "__main__":
    unittest.main()
