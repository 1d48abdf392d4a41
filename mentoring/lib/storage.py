"""Static files under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Renames what our JavaScript modules import too, so that no old part meets a new one."""

    support_js_module_import_aggregation = True
