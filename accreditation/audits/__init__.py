"""The yearly sample audit of providers: drawn with lots that can be drawn again, reported, answered, published."""
