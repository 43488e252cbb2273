#!/usr/bin/env python3
"""Makes rejection.json beside it: samples of a pixel, and which of them other programs keep.

Sigma and MAD clipping are astropy's own sigma_clip; GESD has Student's t from scipy; the rest, which no Debian package has, is written down from its
published definition in numpy. Run it with Debian's python3-astropy and python3-scipy.
"""
import json
import os

import astropy
import numpy
import scipy
from astropy.stats import mad_std, sigma_clip
from scipy.stats import t as student


def by_sigma(samples, low, high):
    return sigma_clip(samples, sigma_lower=low, sigma_upper=high, cenfunc="median", stdfunc=lambda a, axis=None: numpy.nanstd(a, axis=axis, ddof=1), maxiters=None).compressed()


def by_mad(samples, low, high):
    return sigma_clip(samples, sigma_lower=low, sigma_upper=high, cenfunc="median", stdfunc=lambda a, axis=None: mad_std(a, axis=axis, ignore_nan=True), maxiters=None).compressed()


def by_median_sigma(samples, low, high):
    """DeepSkyStacker's manual: outliers are replaced by the median, until none is left."""
    values, kept = samples.copy(), numpy.ones(len(samples), bool)
    while True:
        median, sigma = numpy.median(values[kept]), numpy.std(values, ddof=1)
        out = kept & ((values < median - low * sigma) | (values > median + high * sigma))
        if not out.any() or (kept & ~out).sum() < 3:
            return samples[kept]
        kept &= ~out
        values[~kept] = numpy.median(values[kept])


def by_winsorized(samples, low, high):
    """PixInsight's reference of ImageIntegration; Huber's k = 1.5 and its factor 1.134."""
    kept = samples
    while True:
        median, sigma, drawn = numpy.median(kept), numpy.std(kept, ddof=1), kept
        while True:
            drawn = numpy.clip(drawn, median - 1.5 * sigma, median + 1.5 * sigma)
            before, sigma = sigma, 1.134 * numpy.std(drawn, ddof=1)
            if abs(sigma - before) <= 0.0005 * before:
                break
        inside = kept[(kept >= median - low * sigma) & (kept <= median + high * sigma)]
        if len(inside) == len(kept):
            return kept
        kept = inside


def by_percentile(samples, low, high):
    median = numpy.median(samples)
    return samples[(median - samples <= low * median) & (samples - median <= high * median)]


def by_linear_fit(samples, low, high):
    """PixInsight's reference: a line through the sorted samples, their mean distance from it as sigma; from the ends inwards."""
    kept = numpy.sort(samples)
    while True:
        places = numpy.arange(len(kept))
        rest = kept - numpy.polyval(numpy.polyfit(places, kept, 1), places)
        scatter = numpy.mean(numpy.abs(rest))
        inside = numpy.flatnonzero((rest >= -low * scatter) & (rest <= high * scatter))
        if inside[-1] + 1 - inside[0] == len(kept):
            return kept
        kept = kept[inside[0]:inside[-1] + 1]


def by_gesd(samples, part, significance):
    """NIST/SEMATECH handbook 1.3.5.17.3."""
    left, outliers, removed = samples.copy(), 0, []
    for step in range(1, int(part * len(samples)) + 1):
        mean, n = left.mean(), len(left)
        furthest = numpy.argmax(numpy.abs(left - mean))
        statistic = abs(left[furthest] - mean) / left.std(ddof=1)
        removed.append(left[furthest])
        left = numpy.delete(left, furthest)
        quantile = student.ppf(1 - significance / (2 * n), n - 2)
        if statistic > (n - 1) * quantile / numpy.sqrt((n - 2 + quantile ** 2) * n):
            outliers = step
    return numpy.array([value for value in samples if value not in removed[:outliers]])


METHODS = {
    "sigma": (by_sigma, 2.5, 2.0), "mad": (by_mad, 3.0, 2.5), "median_sigma": (by_median_sigma, 2.5, 2.0), "winsorized": (by_winsorized, 3.0, 2.5),
    "percentile": (by_percentile, 0.15, 0.1), "linear_fit": (by_linear_fit, 4.0, 3.0), "gesd": (by_gesd, 0.3, 0.05)}


def samples_of(random, count):
    """A sky of 1000 ± 30 and, of some frames, something that passed, in sixteenths: whole numbers, so that no digit is lost on the way."""
    passed = random.uniform(size=count) < random.choice([0, 0.08, 0.15])
    values = random.normal(1000, 30, count) + passed * random.choice([-1, 1, 1, 1], count) * random.uniform(80, 4000, count)
    return numpy.rint(values * 16)


def rows():
    random = numpy.random.default_rng(20)
    for count in (8, 11, 20, 37):
        for _ in range(6):
            samples = samples_of(random, count)
            for name, (method, low, high) in METHODS.items():
                kept = method(samples, low, high)
                if len(kept) >= 4:  # below, ours stops on purpose: of three samples nobody knows which is wrong
                    yield {"method": name, "low": low, "high": high, "samples": samples.astype(int).tolist(), "kept": numpy.sort(kept).astype(int).tolist()}


if __name__ == "__main__":
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "rejection.json"), "w", encoding="utf-8") as file:
        by = f"astropy {astropy.__version__}, scipy {scipy.__version__}, numpy {numpy.__version__}"
        lines = ",\n".join(json.dumps(row) for row in rows())
        file.write(f'{{"by": "{by}", "rows": [\n{lines}\n]}}\n')
