"""Make the small models that the package ships."""
