"""What the empty shop is given: tables, a catalogue with pictures, the countries it delivers to."""

from io import BytesIO
from pathlib import Path
from shutil import copyfile

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image, ImageDraw

CATALOGUE = Path(__file__).with_name("catalogue.csv")
_COLOURS = ("#2f5d62", "#a44a3f", "#6b7a8f", "#87a96b", "#8c5e58", "#394867")


def fill() -> None:
    """Make the shop ready to open."""
    from oscar.apps.address.models import Country
    from oscar.apps.catalogue.models import Product, ProductImage

    call_command("migrate", verbosity=0)
    call_command("oscar_import_catalogue", str(CATALOGUE), verbosity=0)
    for number, product in enumerate(Product.objects.order_by("upc")):
        picture = ContentFile(_picture(number), f"{product.upc}.jpg")
        ProductImage.objects.create(product=product, original=picture, caption=product.title)
    _without_picture()
    for alpha2, alpha3, name in (("GB", "GBR", "United Kingdom"), ("IE", "IRL", "Ireland")):
        Country.objects.create(
            iso_3166_1_a2=alpha2,
            iso_3166_1_a3=alpha3,
            printable_name=name,
            name=name,
            is_shipping_country=True,
        )
    call_command("rebuild_index", interactive=False, verbosity=0)


def _picture(number: int) -> bytes:
    """A vessel on a shelf, 800 by 800, no two alike."""
    image = Image.new("RGB", (800, 800), "#f3efe8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, 800, 800), fill="#e4dccf")
    colour, other = _COLOURS[number % 6], _COLOURS[(number + 1) % 6]
    width = 180 + 20 * number
    draw.rounded_rectangle((400 - width, 260, 400 + width, 660), 40 + 20 * number, fill=colour)
    draw.ellipse((340, 200, 460, 280), fill=other)
    file = BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def _without_picture() -> None:
    """Lay the picture for products without one where the shop looks for it."""
    import oscar

    missing = Path(oscar.__file__).parent / "static/oscar/img/image_not_found.jpg"
    copyfile(missing, Path(settings.MEDIA_ROOT) / settings.OSCAR_MISSING_IMAGE_URL)
