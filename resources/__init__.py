"""Files shipped with the program: fonts, icons, translations, law data and the sample."""
