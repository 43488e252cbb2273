"""The mean of registered pictures by other libraries, as their users write it. usage: peers.py opencv|astroalign FOLDER OUTPUT.npy"""
import os
import sys

import numpy

library, folder, output = sys.argv[1:]
paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]


def by_opencv():
    """ORB features, a homography by RANSAC."""
    import cv2
    orb, matcher = cv2.ORB_create(2000), cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True)
    total, reference = None, None
    for path in paths:
        picture = cv2.imread(path)
        points, descriptors = orb.detectAndCompute(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), None)
        if reference is None:
            reference, total = (points, descriptors), picture.astype(numpy.float32)
            continue
        matches = matcher.match(descriptors, reference[1])
        from_, to = numpy.float32([points[m.queryIdx].pt for m in matches]), numpy.float32([reference[0][m.trainIdx].pt for m in matches])
        homography, _ = cv2.findHomography(from_, to, cv2.RANSAC, 3)
        total += cv2.warpPerspective(picture.astype(numpy.float32), homography, picture.shape[1::-1], flags=cv2.INTER_CUBIC)
    return total[:, :, ::-1]


def by_astroalign():
    import astroalign
    from PIL import Image
    total, reference = None, None
    for path in paths:
        picture = numpy.asarray(Image.open(path)).astype(numpy.float32)
        if reference is None:
            reference, total = picture.mean(axis=2), picture.copy()
            continue
        transform, _ = astroalign.find_transform(picture.mean(axis=2), reference)
        for channel in range(3):
            total[:, :, channel] += astroalign.apply_transform(transform, picture[:, :, channel], reference)[0]
    return total


result = by_opencv() if library == "opencv" else by_astroalign()
numpy.save(output, (result / len(paths) / 255).astype(numpy.float32))
