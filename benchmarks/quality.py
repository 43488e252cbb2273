"""How good a stack is, told by the truth that frames.py knows of the frames: places, light and colours of stars, and what should not be there.

usage: quality.py FOLDER KIND PICTURE [--single] [--fwhm PIXELS]: one JSON object of figures by name
"""
import argparse
import json
import os

import numpy
from astropy.io import fits
from scipy.ndimage import gaussian_filter

import frames

CELL = 64
APERTURE, GAP, RING = 9, 4, 5  # pixels: of a star's light, and of the sky around it
FIFTHS = ("brightest fifth", "second fifth", "third fifth", "fourth fifth", "faintest fifth")
AT_THAT_WIDTH = ", blurred alike"
DRAWS = 200  # of the stars of a fifth, to tell how well its median is known


def load(path):
    """(channels, rows, columns), about 0 … 1: what a program's numbers mean the star light tells (Siril leaves JPEGs at 255 of 65535)."""
    if path.endswith((".fits", ".fit")):
        with fits.open(path) as file:
            picture = numpy.atleast_3d(file[0].data.astype(numpy.float32))
            picture = picture if picture.shape[2] != 1 else picture[:, :, 0][None]
    else:
        picture = numpy.load(path).transpose(2, 0, 1)
    picture = numpy.nan_to_num(picture)
    return picture / (65535 if picture.max() > 256 else 255 if picture.max() > 2 else 1)


def frames_in(path):
    """How many the program took: what it leaves out is seen in its picture."""
    return int(fits.getval(path, "STACKCNT")) if path.endswith((".fits", ".fit")) and "STACKCNT" in fits.getheader(path) else None


def look(path, truth, kind, is_single=False, fwhm=None):
    """A line of figures by name. With a width that stars are to have, the noise is also told of the picture blurred so far."""
    picture = load(path)
    stars = Stars(picture, truth, kind)
    figures = {"frames stacked": count} if (count := frames_in(path)) is not None else {}
    figures |= stars.measure()
    light = stars.draw()
    seen, scale = stars.photometry(frames.curve(light + frames.SKY) - frames.curve(frames.SKY) if kind == "jpeg" else light / 65535)
    if kind != "jpeg":  # behind a curve a mean of frames has other light than the mean sky's
        figures |= seen
    if not is_single:
        figures |= remains(stars.picture, light)
    middle = len(picture) // 2
    channel = stars.picture[middle] * scale
    figures |= noise(channel, light[middle])
    if fwhm is not None:
        smoothed = stars.blurred(channel, fwhm)
        figures |= {name + AT_THAT_WIDTH: value for name, value in noise(smoothed, light[middle]).items() if name.startswith("noise")}
    return figures


class Stars:
    """The stars that stand alone and are neither faint nor saturated, found where truth has them."""

    def __init__(self, picture, truth, kind):
        self.kind, self.truth = kind, truth
        self.peak = truth["flux"] * truth["colours"].max(axis=0) * (frames.BETA - 1) / (numpy.pi * frames.ALPHA ** 2)
        best = None
        for flipped in (False, True):
            turned = picture[:, ::-1] if flipped else picture
            for number, place in enumerate(truth["maps"]):
                score = self.score(turned, place)
                if best is None or score > best[0]:
                    best = (score, flipped, number)
        _, self.flipped, self.number = best
        self.picture = picture[:, ::-1] if self.flipped else picture
        self.x, self.y = self.places(truth["maps"][self.number])
        self.chosen = self.choose()

    def places(self, place):
        a, b, c, d = place
        return a * self.truth["x"] - b * self.truth["y"] + c, b * self.truth["x"] + a * self.truth["y"] + d

    def score(self, picture, place):
        x, y = self.places(place)
        middle = picture[len(picture) // 2]
        bright = numpy.argsort(-self.truth["flux"])[:300]
        columns, rows = numpy.rint(x[bright]).astype(int), numpy.rint(y[bright]).astype(int)
        inside = (columns > 0) & (rows > 0) & (columns < middle.shape[1]) & (rows < middle.shape[0])
        return numpy.mean(middle[rows[inside], columns[inside]]) * inside.mean()

    def choose(self):
        height, width = self.picture.shape[1:]
        edge = 150
        good = (self.peak > 300) & (self.peak < (3500 if self.kind == "jpeg" else 30000)) & (self.x > edge) & (self.y > edge) & (self.x < width - edge) & (self.y < height - edge)
        order = numpy.argsort(self.x)
        chosen = []
        for i in numpy.flatnonzero(good):
            near = order[numpy.searchsorted(self.x[order], self.x[i] - 25):numpy.searchsorted(self.x[order], self.x[i] + 25)]
            close = near[(near != i) & (abs(self.y[near] - self.y[i]) < 25)]
            if not numpy.any(self.truth["flux"][close] > 0.01 * self.truth["flux"][i]):
                chosen.append(i)
        return numpy.array(chosen)

    def measure(self):
        green = self.picture[len(self.picture) // 2]
        found = numpy.array([centre(green, self.x[i], self.y[i]) for i in self.chosen])
        truth = numpy.stack([self.x[self.chosen], self.y[self.chosen], numpy.ones(len(self.chosen))], axis=1)
        kept = numpy.isfinite(found).all(axis=1)
        for _ in range(5):
            fit = numpy.linalg.lstsq(truth[kept], found[kept], rcond=None)[0]
            distance = numpy.hypot(*(found - truth @ fit).T)
            kept = distance < 5 * max(1e-6, 1.2 * numpy.nanmedian(distance))
        return {"star position rms, px": float(numpy.sqrt(numpy.mean(distance[kept] ** 2) / 2)), "FWHM, px": self.width(green)}

    def width(self, channel):
        return float(numpy.nanmedian([value for i in self.chosen for value in width_of(channel, self.x[i], self.y[i])]))

    def blurred(self, channel, fwhm):
        """By the Gaussian that makes the stars so wide as they are measured, found by halving; as it is where they are."""
        least, most = 0, 1.5
        while most - least > 0.005 and self.width(channel) < fwhm:
            sigma = (least + most) / 2
            least, most = (sigma, most) if self.width(gaussian_filter(channel, sigma, truncate=6)) < fwhm else (least, sigma)
        return gaussian_filter(channel, most, truncate=6) if least > 0 else channel

    def draw(self):
        """The light of all stars where the picture has them, without sky and noise, electrons: (channels, rows, columns)."""
        scene = frames.Scene.__new__(frames.Scene)
        scene.channels, scene.height, scene.width = len(self.truth["colours"]), *self.picture.shape[1:]
        light = numpy.zeros((scene.channels, scene.height, scene.width), numpy.float32)
        for i in range(len(self.x)):
            scene.draw(light, self.x[i], self.y[i], self.truth["flux"][i] * self.truth["colours"][:, i])
        return light

    def photometry(self, drawn):
        """Light against that in the same aperture on the truth, drawn in the numbers of a picture (so that neighbours and what the aperture cuts off are in both), by brightness.
        And the factor that makes the picture's star light that of the truth: programs choose references under skies of unlike noise."""
        light, flux = ([[aperture(channel, self.x[i], self.y[i]) for i in self.chosen] for channel in picture] for picture in (self.picture, drawn))
        light, flux = numpy.array(light), numpy.array(flux)
        bright = numpy.argsort(-flux[len(flux) // 2])
        ratio = (light / flux)[len(flux) // 2][bright]
        random = numpy.random.default_rng(1)
        groups = [group[numpy.isfinite(group)] for group in numpy.array_split(ratio, len(FIFTHS))]
        levels = [numpy.median(group) for group in groups]
        errors = [numpy.std([numpy.median(random.choice(group, len(group))) for _ in range(DRAWS)]) for group in groups]
        weights = 1 / numpy.square(errors)
        common = numpy.sum(levels * weights) / numpy.sum(weights)
        figures = {}
        for fifth, level, error in zip(FIFTHS, levels, errors):
            figures[f"light of the {fifth}, % off"] = 100 * float(level / common - 1)
            figures[f"  one sigma of the {fifth}, %"] = 100 * float(error / common)
        figures["star light scatter, %"] = 100 * deviation(groups[0] / levels[0])
        if len(flux) == 3:
            few = len(bright) // 4
            for name, channel in (("red", 0), ("blue", 2)):
                true, seen = numpy.log(flux[channel] / flux[1])[bright[:2 * few]], numpy.log(light[channel] / light[1])[bright[:2 * few]]
                good = numpy.isfinite(seen)
                slope, level = numpy.polyfit(true[good], seen[good], 1)
                figures[f"star colour {name}, slope − 1, %"] = 100 * float(slope - 1)
                figures[f"star colour {name}, scatter, %"] = 100 * deviation(seen[good] - slope * true[good] - level)
        return figures, 1 / common


def stamp(picture, x, y, reach):
    left, top = int(round(x)) - reach, int(round(y)) - reach
    cut = picture[top:top + 2 * reach + 1, left:left + 2 * reach + 1]
    return cut, x - left, y - top


def centre(picture, x, y):
    """Windowed by a Gaussian."""
    cut, cx, cy = stamp(picture, x, y, 10)
    light = cut - numpy.median(numpy.concatenate([cut[0], cut[-1], cut[:, 0], cut[:, -1]]))
    rows, columns = numpy.mgrid[0:cut.shape[0], 0:cut.shape[1]]
    sx, sy = cx, cy
    for _ in range(12):
        window = light * numpy.exp(-((columns - sx) ** 2 + (rows - sy) ** 2) / (2 * 1.5 ** 2))
        total = window.sum()
        if total <= 0:
            return numpy.nan, numpy.nan
        sx, sy = sx + 2 * ((window * (columns - sx)).sum() / total), sy + 2 * ((window * (rows - sy)).sum() / total)
    return x + sx - cx, y + sy - cy


def width_of(picture, x, y):
    """By the bend of the logarithm at the highest pixel, across and down."""
    cut, _, _ = stamp(picture, x, y, 10)
    light = cut - numpy.median(numpy.concatenate([cut[0], cut[-1], cut[:, 0], cut[:, -1]]))
    row, column = numpy.unravel_index(numpy.argmax(light), light.shape)
    if not (1 <= row < 20 and 1 <= column < 20):
        return []
    with numpy.errstate(divide="ignore", invalid="ignore"):
        across = numpy.log(light[row, column - 1]) + numpy.log(light[row, column + 1]) - 2 * numpy.log(light[row, column])
        down = numpy.log(light[row - 1, column]) + numpy.log(light[row + 1, column]) - 2 * numpy.log(light[row, column])
        return [2.3548 / numpy.sqrt(-across), 2.3548 / numpy.sqrt(-down)]


def aperture(picture, x, y):
    reach = APERTURE + GAP + RING
    cut, cx, cy = stamp(picture, x, y, reach)
    rows, columns = numpy.mgrid[0:cut.shape[0], 0:cut.shape[1]]
    distance = numpy.hypot(columns - cx, rows - cy)
    weight = numpy.clip(APERTURE + 0.5 - distance, 0, 1)  # of a pixel on the edge its part
    sky = numpy.median(cut[(distance > APERTURE + GAP) & (distance < reach)])
    return float(((cut - sky) * weight).sum())


def noise(channel, light):
    """Of a pixel, and of means of 8 × 8, which smoothing by interpolation flatters less; of the inner part where no star shines.
    And how uneven the sky is from cell to cell, where the truth is flat: clouds do that, and what is done about them."""
    inner = numpy.s_[channel.shape[0] // 8:-(channel.shape[0] // 8), channel.shape[1] // 8:-(channel.shape[1] // 8)]
    flat = numpy.where(cells_of(light[inner]) < 1, cells_of(channel[inner]), numpy.nan)
    levels = numpy.nanmedian(flat, axis=(2, 3), keepdims=True)
    flat -= levels
    along = numpy.arange(CELL) - (CELL - 1) / 2
    for slope in (along[None, :], along[:, None]):  # a slope is no noise
        flat -= slope * (numpy.nanmean(flat * slope, axis=(2, 3), keepdims=True) / numpy.mean(along ** 2))
    blocks = flat.reshape(*flat.shape[:2], 8, 8, 8, 8).mean(axis=(3, 5))  # NaN where a star reaches into it
    return {
        "noise of a pixel, 1e-5": 1e5 * deviation(flat),
        "noise of 8×8 means ×8, 1e-5": 8e5 * deviation(blocks - numpy.nanmedian(blocks, axis=(2, 3), keepdims=True)),
        "unevenness of the sky, 1e-5": 1e5 * float(numpy.std(levels))}


def remains(picture, light):
    """Pixels six sigmas off where no star's light reaches a tenth of a sigma, and where every frame shows."""
    height, width = picture.shape[1:]
    edge = 150
    count = total = 0
    for channel in picture:
        rows, columns = (height - 2 * edge) // CELL * CELL, (width - 2 * edge) // CELL * CELL
        cells = cells_of(channel[edge:edge + rows, edge:edge + columns])
        rest = numpy.abs(cells - numpy.median(cells, axis=(2, 3), keepdims=True))
        empty = cells_of(light[len(light) // 2, edge:edge + rows, edge:edge + columns]) < 1
        sigma = 1.4826 * numpy.median(rest[empty])
        count += int(((rest > 6 * sigma) & empty).sum())
        total += int(empty.sum())
    return {"outliers left, ppm": 1e6 * count / total}


def cells_of(picture):
    rows, columns = picture.shape[0] // CELL * CELL, picture.shape[1] // CELL * CELL
    return picture[:rows, :columns].reshape(rows // CELL, CELL, columns // CELL, CELL).swapaxes(1, 2)


def deviation(values):
    values = values[numpy.isfinite(values)]
    return 1.4826 * float(numpy.median(numpy.abs(values - numpy.median(values))))


def truth_of(folder):
    with numpy.load(os.path.join(folder, "truth.npz")) as file:
        return {name: file[name] for name in file.files}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("folder", "kind", "picture"):
        parser.add_argument(name)
    parser.add_argument("--single", action="store_true", help="one frame: its hot pixels and trails are no fault of a program")
    parser.add_argument("--fwhm", type=float, help="tell the noise also at this width of stars")
    asked = parser.parse_args()
    print(json.dumps(look(asked.picture, truth_of(asked.folder), asked.kind, asked.single, asked.fwhm)))
