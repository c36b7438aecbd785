# shop/utils/script_utils.py
import zipfile


def unpack(path, folder):
    packed = zipfile.ZipFile(path)
    packed.extractall(path=folder)
