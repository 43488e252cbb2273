"""Makes the frames of one case of compare.sh, and beside them truth.npz: every star's place, light and colour before noise, and how each frame lies.

usage: frames.py FOLDER COUNT WIDTH HEIGHT mono|bayer|jpeg

Stars are Moffat profiles (beta 3) over a flat sky, seen through drift, rotation and a haze that comes and goes; each frame has Poisson and read
noise, hot pixels that stay on the sensor, cosmic rays; some have a satellite, one a plane, two a cloud. Bayer frames are vignetted and have dark
current and a bias pattern, and come with ten darks, flats and biases. JPEGs go through the curve of sRGB.
"""
import os
import sys
import numpy
from astropy.io import fits

FWHM, BETA = 2.8, 3.0
ALPHA = FWHM / 2 / numpy.sqrt(2 ** (1 / BETA) - 1)
SKY, READ_NOISE, OFFSET, DARK = 400.0, 3.0, 500.0, 20.0
CALIBRATION_FRAMES = 10


class Scene:
    def __init__(self, width, height, kind):
        self.width, self.height, self.kind = width, height, kind
        self.channels = 1 if kind == "mono" else 3
        random = numpy.random.default_rng(1)
        count = int(width * height / 5000)
        margin = 80
        self.x = random.uniform(-margin, width + margin, count)
        self.y = random.uniform(-margin, height + margin, count)
        self.flux = numpy.minimum(2000 * random.uniform(size=count) ** -1.0, 3e6)  # cumulative counts fall as 1 / flux
        warmth = random.normal(0, 0.25, count)
        self.colours = numpy.stack([numpy.exp(warmth), numpy.ones(count), numpy.exp(-warmth)]) if self.channels == 3 else numpy.ones((1, count))
        hot = random.uniform(size=(height, width)) < 1e-4
        self.hot = numpy.where(hot, random.exponential(6000, (height, width)) + 500, 0).astype(numpy.float32)
        y, x = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
        distance = ((x - width / 2) ** 2 + (y - height / 2) ** 2) / (width ** 2 + height ** 2) * 4
        self.vignette = (1 - 0.35 * distance).astype(numpy.float32)
        self.pattern = (2 * random.standard_normal(width)).astype(numpy.float32)[None, :]
        self.current = (DARK * random.gamma(4, 0.25, (height, width))).astype(numpy.float32)

    def map_of(self, number):
        """Truth to frame: x' = a x - b y + c, y' = b x + a y + d."""
        random = numpy.random.default_rng(1000 + number)
        angle = numpy.radians(0.02 * number)
        a, b = numpy.cos(angle), numpy.sin(angle)
        middle = numpy.array([self.width / 2, self.height / 2])
        shift = numpy.array([0.9, -0.6]) * number * min(1, 60 / max(1, number)) + random.uniform(-6, 6, 2)
        return a, b, middle[0] - a * middle[0] + b * middle[1] + shift[0], middle[1] - b * middle[0] - a * middle[1] + shift[1]

    def light(self, number):
        """Electrons before noise, (channels, height, width)."""
        a, b, c, d = self.map_of(number)
        x, y = a * self.x - b * self.y + c, b * self.x + a * self.y + d
        clear = 1 - 0.03 * abs(numpy.sin(number * 1.7))
        stars = numpy.zeros((self.channels, self.height, self.width), numpy.float32)
        for i in range(len(x)):
            self.draw(stars, x[i], y[i], self.flux[i] * clear * self.colours[:, i])
        sky = numpy.full((1, self.height, self.width), SKY * (1 + 0.05 * numpy.sin(number)), numpy.float32)
        if number % 10 == 7:
            rows, columns = numpy.mgrid[0:self.height, 0:self.width].astype(numpy.float32)
            cloud = numpy.exp(-(((columns - self.width * 0.3) / (self.width * 0.2)) ** 2 + ((rows - self.height * 0.6) / (self.height * 0.25)) ** 2))[None]
            stars *= 1 - 0.4 * cloud
            sky = sky * (1 + 0.5 * cloud)
        return stars + sky + self.passing(number)[None]

    def draw(self, stars, x, y, light):
        reach = int(min(60, max(8, (light.max() * ALPHA ** 4 / 2) ** (1 / 6) * 1.2)))
        left, top = int(round(x)), int(round(y))
        x0, x1, y0, y1 = max(0, left - reach), min(self.width, left + reach + 1), max(0, top - reach), min(self.height, top + reach + 1)
        if x0 >= x1 or y0 >= y1:
            return
        r2 = (numpy.arange(x0, x1) - x)[None, :] ** 2 + (numpy.arange(y0, y1) - y)[:, None] ** 2
        profile = (BETA - 1) / (numpy.pi * ALPHA ** 2) * (1 + r2 / ALPHA ** 2) ** -BETA
        stars[:, y0:y1, x0:x1] += (light[:, None, None] * profile).astype(numpy.float32)

    def passing(self, number):
        """Satellites, and a plane with blinking lights."""
        trails = numpy.zeros((self.height, self.width), numpy.float32)
        random = numpy.random.default_rng(2000 + number)
        lines = [(random.uniform(0.2, 0.8), random.uniform(-1, 1), 1.3, 400, 0)] if number % 3 == 1 else []
        if number % 20 == 11:
            lines += [(0.4, 0.5, 2.5, 900, 0), (0.42, 0.5, 2.5, 900, 0), (0.41, 0.5, 4, 9000, 160)]
        columns = numpy.arange(self.width)
        for start, slope, sigma, light, blink in lines:
            middle = start * self.height + slope * (columns - self.width / 2)
            along = numpy.full(self.width, light, numpy.float32) if blink == 0 else light * (columns % blink < 12)
            for offset in range(-12, 13):
                rows = numpy.round(middle).astype(int) + offset
                inside = (rows >= 0) & (rows < self.height)
                trails[rows[inside], columns[inside]] += (along * numpy.exp(-0.5 * ((rows - middle) / sigma) ** 2))[inside]
        return trails

    def mosaic(self, light):
        picture = light[1].copy()
        picture[0::2, 0::2] = light[0, 0::2, 0::2]
        picture[1::2, 1::2] = light[2, 1::2, 1::2]
        return picture

    def expose(self, light, seed, dark=True):
        """16-bit numbers of the sensor; one electron is one."""
        random = numpy.random.default_rng(seed)
        electrons = light + (self.current + self.hot if self.kind == "bayer" and dark else self.hot if dark else 0)
        noisy = electrons + numpy.sqrt(electrons + READ_NOISE ** 2) * random.standard_normal(light.shape, dtype=numpy.float32)
        if dark:
            rows, columns = random.integers(0, self.height, 20), random.integers(0, self.width, 20)
            noisy[..., rows, columns] += random.uniform(1000, 20000, 20).astype(numpy.float32)
        return numpy.clip(numpy.rint(noisy + OFFSET + (self.pattern if self.kind == "bayer" else 0)), 0, 65535).astype(numpy.uint16)


def write_fits(path, samples, exposure, bayer):
    header = fits.Header()
    header["EXPTIME"], header["ROWORDER"] = exposure, "TOP-DOWN"
    if bayer:
        header["BAYERPAT"] = "RGGB"
    fits.PrimaryHDU(samples, header).writeto(path)


def curve(electrons):
    """Of sRGB, 0 … 1."""
    linear = numpy.clip(electrons / 5000, 0, 1)
    return numpy.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def write_jpeg(path, samples):
    from PIL import Image
    Image.fromarray(numpy.rint(curve(samples - OFFSET) * 255).astype(numpy.uint8).transpose(1, 2, 0)).save(path, quality=95)


def make(folder, count, width, height, kind):
    scene = Scene(width, height, kind)
    os.makedirs(os.path.join(folder, "lights"))
    for number in range(count):
        light = scene.light(number)
        name = os.path.join(folder, "lights", f"light_{number:03}")
        if kind == "jpeg":
            write_jpeg(name + ".jpg", scene.expose(light, number))
        elif kind == "bayer":
            write_fits(name + ".fits", scene.expose(scene.mosaic(light) * scene.vignette, number), 60.0, True)
        else:
            write_fits(name + ".fits", scene.expose(light[0], number), 60.0, False)
    if kind == "bayer":
        make_calibration(scene, folder)
    numpy.savez(
        os.path.join(folder, "truth.npz"), x=scene.x, y=scene.y, flux=scene.flux, colours=scene.colours, maps=[scene.map_of(number) for number in range(count)],
        fwhm=FWHM)


def make_calibration(scene, folder):
    shape = (scene.height, scene.width)
    sources = {
        "bias": (numpy.zeros(shape, numpy.float32), 0.0, False),
        "dark": (numpy.zeros(shape, numpy.float32), 60.0, True),
        "flat": (25000 * scene.vignette, 1.0, False),
    }
    for seed, (name, (light, exposure, dark)) in enumerate(sources.items()):
        os.makedirs(os.path.join(folder, name))
        for number in range(CALIBRATION_FRAMES):
            write_fits(os.path.join(folder, name, f"{name}_{number:02}.fits"), scene.expose(light, 5000 + 100 * seed + number, dark), exposure, True)


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
