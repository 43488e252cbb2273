"""Pictures of known noise go through quality.py, in every scale that programs write. usage: quality_test.py"""
import os
import tempfile
import unittest

import numpy
from astropy.io import fits

import frames
import quality

WIDTH, HEIGHT = 1200, 900
NOISE = 80e-5


class NoiseIsWhatItIs(unittest.TestCase):
    def test_linear_in_every_scale(self):
        self.check("mono", [1, 65535, 0.9])

    def test_behind_the_curve_of_a_jpeg_in_every_scale(self):
        self.check("jpeg", [1, 65535, 255, 255 / 65535])

    def check(self, kind, scales):
        with tempfile.TemporaryDirectory() as folder:
            scene = frames.Scene(WIDTH, HEIGHT, kind)
            truth = {"x": scene.x, "y": scene.y, "flux": scene.flux, "colours": scene.colours, "maps": [(1, 0, 0, 0)], "fwhm": frames.FWHM}
            light = numpy.zeros((scene.channels, HEIGHT, WIDTH), numpy.float32)
            for i in range(len(scene.x)):
                scene.draw(light, scene.x[i], scene.y[i], scene.flux[i] * scene.colours[:, i])
            picture = frames.curve(light + frames.SKY) if kind == "jpeg" else (light + frames.SKY) / 65535
            picture = picture + numpy.random.default_rng(3).normal(0, NOISE, picture.shape)
            for scale in scales:
                path = os.path.join(folder, "picture.fits")
                fits.PrimaryHDU((picture * scale).astype(numpy.float32)).writeto(path, overwrite=True)
                figures = quality.look(path, truth, kind)
                for name in ("noise of a pixel, 1e-5", "noise of 8×8 means ×8, 1e-5"):
                    self.assertAlmostEqual(figures[name] / (1e5 * NOISE), 1, delta=0.06, msg=f"{kind}, scale {scale}: {name}")
                self.assertLess(figures["unevenness of the sky, 1e-5"], 1e5 * NOISE / 20)


if __name__ == "__main__":
    unittest.main()
