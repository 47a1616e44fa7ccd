___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "App Inbox for eSputnik",
  "categories": [
    "PERSONALIZATION",
    "UTILITY"
  ],
  "brand": {
    "id": "app_inbox_for_esputnik",
    "displayName": "App Inbox for eSputnik",
    "thumbnail": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAGf0lEQVR4nOybe2wURRzHv7N3fT9sKKUt7fVAoHfFEiBBXjGk8jQqV8DSBBWDBCuJEiOYaAxgLOo/PoiIf4iEVA2xESK0KFExASGaNAYoD6EtRNMehVKeAkfv2rsdZ+6u2yu9x+7edj2ufEiPnZ2Z3f19Z2fmNzM7Rsig6OnmOUQQn6QgU1lwJEBzCSFpiCEopQ6AXGaHFwlogxvkx/Z668FI+UjImDJqNGU2r2IJNhDCjb7/oBQX2c+7bbetO3CIuIOlCSIAFUy2lkoCsZqV8jjEBbSFUrK+rd6ym5lMA2MGCFC0sKkSAmpYRAriCFZF7rIqvMxeb60PPN9PALOtZQkl4i52UkAcwopeZP+Wte2zftd7ThKgsPzsBAGkId5K/l6YCF0eIsxs31vcyMP+kqYCO6iNd+M53EYD9XzDbeZh74/J1lxFQMZjiMBsLeU2e49zlp5OT3UZ/2ZncxDjUKn99h0wQ0BJuL48LJ0OirHGZKehgr0HMW28ZDjrwYjX3ECTKYsnAXGyGZFC6TNG5uSUIUbxGu6312faQAOJP5Kb3ysUkakDEch0I0s7CrEI9f0ElqoRblhIByYa2r3hE55CNNNcdtboS0WkbLLqBaHUynOOgs7Mm5qO1UuGYZwpyRs+Z3dh665rOHjUIaXx2hBQlDOFc9iSXIvh5E6/a10R07HWVYkjosUbJpBtP0+VR8y2JidLnQSdmD0lDTvWFwaNW1F9AYeOObyvcuBr/HrCAbyW+GvY637SPQ9beuZK4XuvEYJ/BT2N57xSkR0ybk3lwLhZhpaIxnPWJh5gb8l5KOQh3V1eqzm03mMK+sdl4i42J9ZCLpuTapEOJ5SguwBpKaFvmZUh+Ou+Lzzb0IRswQG55Aq3UWZo9h7za1AaOY9uAjw2MRWbXs6NmG7RrEzpOEe4A6XkCrcUpTdikJkxIRUfrslD4YgEWemnPpKCusM+IxxUefPURRP7AjK6gkETIDWZ4P3VeVhclqko3/jRydLxGTEfSjntCZi8ktEfDooA5rwE7KwuYqWu/PKlDydL9bfRY8JZTx5KDB2y8p4SC3BSLPQ5RDLqP0fzNoCX/I4NhaqM5yQYeW/gf42ZEm+6KmTl4wavcy7ta0GJPJdYcwGqq/L6DFDJ6iV9/sBJasKn3XMj5vm4ez5aaECVkfkKaCrA+NFJqJitrM4Hg1+jPKA32NwzD8u7VuK6mDog7VWajme7VmGre450zucFynSGzeVNMmtLZL54qwALpqdDCxxOEeVvtOL8hW7pHB8MlXgHQ3b0wIC/xJGsjciHhxikNNQ/hJQ9ItRKgMw0AUe/GsvqsMrpiSA4uyk+qOnE1/tvRkzbN2egbIJEsyrwxPQMTY3nJCcS1qbk4tv3TMgfHrpRlWxXMTukWTc4qTgZg8WM0lT8vm0M7J09aL3UjS/rbuDw8f4uMlGpvWYClI4ZPAE4fNqa+xf8r8tFcaRR/hghHJoJUJAjz9XVglH52t1LMwHSU/QbWGZnaefAanalpERtG8BwDH/IAK2IyzVAJTwQAEOcBwJgiPNAAAxxNBHguQVZ0But7hm1AFNKUtiIbQT0ht+T3ztaohIgP9uI7W8XwGDQzwvshd+T35s/QzSoFoC7vjUbC9lqjnZuqVL4vfkzROOGqxbgs3X5sJh1XVcNCn8G/ixqUSVA1aJhmD8tA7ECf5aX2DOpQZUA/OOGWKOqXEcBOm+4EWtcvq7umVQ1oWs+uohXl2Yjd5h+s0DhuHS1B5/vvgY1aLoucD8y5F1hI5tUd+nxndCfNWORkyXPZ7hy04NHVyj+3kcN/CMpKm/tOUrO/CP/2x0laaOCooNXAV0E2PlT5OUtNWmjg3YIFKQROvBLwx38dtwhKx3/0wNuuyBS7IVOVG/vhKsndKfDV4Q3brsMvfBQQ613FGG2nT3GFtcmQyf4d0MLmPs62eJbTjve7MTPDbex55CyL7yiguJEa711klcA08LmRYJA92AIIYpksX2fZa80jtT7Lfhf8Zc+P5QcIbcovMg3FCHO8W2aost7w5IA7T9YTrD/XkAcw7fNESo8f6Gu5FTvuX6ucFuddTfrFcr5JkPEGbzkmfG21vri7wPPB51LMtvOTQZx17LoYsQFtMXtESr9b3k/wm6eLspoWskaxnfu583TrOQ32W9ZtivYPD2QAlvT42zU9BTznKYh1rfPE/ANRX9QKuy31xcfjpTvPwAAAP//t0AuNgAAAAZJREFUAwAUru6d9LzqVwAAAABJRU5ErkJggg=="
  },
  "description": "Shows the bell of eSputnik (Yespo) App Inbox with personal messages to logged-in customers, once per page. The API key stays in your token function.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "LABEL",
    "name": "pageBrings",
    "displayName": "This template loads nothing by itself. Your page needs \u003cb>loader.js\u003c/b> of your token function above the Tag Manager snippet, without async and defer. The template that your token function makes for you loads it by itself."
  },
  {
    "type": "GROUP",
    "name": "account",
    "displayName": "Your eSputnik account",
    "groupStyle": "NO_ZIPPY",
    "subParams": [
      {
        "type": "TEXT",
        "name": "scriptId",
        "displayName": "Script id",
        "simpleValueType": true,
        "help": "32 digits and letters from A to F. In your eSputnik snippet (in eSputnik: Settings, Web tracking) it stands in quotes at the end of the first part, after 'script': (window, document, 'script', '…').",
        "valueHint": "0123456789ABCDEF0123456789ABCDEF",
        "valueValidators": [
          {
            "type": "NON_EMPTY",
            "errorMessage": "Copy the script id from your eSputnik snippet: Settings, Web tracking."
          },
          {
            "type": "REGEX",
            "args": [
              "(?:\\s*([0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\\s*|.*\\{\\{.+\\}\\}.*)"
            ],
            "errorMessage": "A script id has 32 digits and letters from A to F. Copy it again, without the quotes around it."
          }
        ]
      },
      {
        "type": "SELECT",
        "name": "scriptHost",
        "displayName": "Script address",
        "simpleValueType": true,
        "macrosInSelect": false,
        "help": "The address that your eSputnik snippet loads the script from.",
        "selectItems": [
          {
            "value": "cdn.esputnik.com",
            "displayValue": "cdn.esputnik.com"
          },
          {
            "value": "statics.esputnik.com",
            "displayValue": "statics.esputnik.com"
          }
        ],
        "defaultValue": "cdn.esputnik.com"
      },
      {
        "type": "CHECKBOX",
        "name": "keepSnippet",
        "checkboxText": "eSputnik’s snippet stays on the site",
        "simpleValueType": true,
        "help": "Your site has eSputnik’s snippet already: it loads the script, App Inbox only joins its start. On a page without the snippet App Inbox loads the script by itself.",
        "defaultValue": false
      },
      {
        "type": "SELECT",
        "name": "language",
        "displayName": "Language of the inbox",
        "simpleValueType": true,
        "macrosInSelect": false,
        "help": "“Same as the page” takes the language that the page says it is in (the lang of its html element), else English.",
        "selectItems": [
          {
            "value": "auto",
            "displayValue": "Same as the page"
          },
          {
            "value": "ab",
            "displayValue": "Abkhazian (ab)"
          },
          {
            "value": "aa",
            "displayValue": "Afar (aa)"
          },
          {
            "value": "af",
            "displayValue": "Afrikaans (af)"
          },
          {
            "value": "ak",
            "displayValue": "Akan (ak)"
          },
          {
            "value": "tw",
            "displayValue": "Akan (tw)"
          },
          {
            "value": "sq",
            "displayValue": "Albanian (sq)"
          },
          {
            "value": "am",
            "displayValue": "Amharic (am)"
          },
          {
            "value": "ar",
            "displayValue": "Arabic (ar)"
          },
          {
            "value": "an",
            "displayValue": "Aragonese (an)"
          },
          {
            "value": "hy",
            "displayValue": "Armenian (hy)"
          },
          {
            "value": "as",
            "displayValue": "Assamese (as)"
          },
          {
            "value": "av",
            "displayValue": "Avaric (av)"
          },
          {
            "value": "ae",
            "displayValue": "Avestan (ae)"
          },
          {
            "value": "ay",
            "displayValue": "Aymara (ay)"
          },
          {
            "value": "az",
            "displayValue": "Azerbaijani (az)"
          },
          {
            "value": "bm",
            "displayValue": "Bambara (bm)"
          },
          {
            "value": "bn",
            "displayValue": "Bangla (bn)"
          },
          {
            "value": "ba",
            "displayValue": "Bashkir (ba)"
          },
          {
            "value": "eu",
            "displayValue": "Basque (eu)"
          },
          {
            "value": "be",
            "displayValue": "Belarusian (be)"
          },
          {
            "value": "bi",
            "displayValue": "Bislama (bi)"
          },
          {
            "value": "bs",
            "displayValue": "Bosnian (bs)"
          },
          {
            "value": "br",
            "displayValue": "Breton (br)"
          },
          {
            "value": "bg",
            "displayValue": "Bulgarian (bg)"
          },
          {
            "value": "my",
            "displayValue": "Burmese (my)"
          },
          {
            "value": "ca",
            "displayValue": "Catalan (ca)"
          },
          {
            "value": "ch",
            "displayValue": "Chamorro (ch)"
          },
          {
            "value": "ce",
            "displayValue": "Chechen (ce)"
          },
          {
            "value": "zh",
            "displayValue": "Chinese (zh)"
          },
          {
            "value": "cu",
            "displayValue": "Church Slavic (cu)"
          },
          {
            "value": "cv",
            "displayValue": "Chuvash (cv)"
          },
          {
            "value": "kw",
            "displayValue": "Cornish (kw)"
          },
          {
            "value": "co",
            "displayValue": "Corsican (co)"
          },
          {
            "value": "cr",
            "displayValue": "Cree (cr)"
          },
          {
            "value": "hr",
            "displayValue": "Croatian (hr)"
          },
          {
            "value": "cs",
            "displayValue": "Czech (cs)"
          },
          {
            "value": "da",
            "displayValue": "Danish (da)"
          },
          {
            "value": "dv",
            "displayValue": "Divehi (dv)"
          },
          {
            "value": "nl",
            "displayValue": "Dutch (nl)"
          },
          {
            "value": "dz",
            "displayValue": "Dzongkha (dz)"
          },
          {
            "value": "en",
            "displayValue": "English (en)"
          },
          {
            "value": "eo",
            "displayValue": "Esperanto (eo)"
          },
          {
            "value": "et",
            "displayValue": "Estonian (et)"
          },
          {
            "value": "ee",
            "displayValue": "Ewe (ee)"
          },
          {
            "value": "fo",
            "displayValue": "Faroese (fo)"
          },
          {
            "value": "fj",
            "displayValue": "Fijian (fj)"
          },
          {
            "value": "tl",
            "displayValue": "Filipino (tl)"
          },
          {
            "value": "fi",
            "displayValue": "Finnish (fi)"
          },
          {
            "value": "fr",
            "displayValue": "French (fr)"
          },
          {
            "value": "ff",
            "displayValue": "Fula (ff)"
          },
          {
            "value": "gl",
            "displayValue": "Galician (gl)"
          },
          {
            "value": "lg",
            "displayValue": "Ganda (lg)"
          },
          {
            "value": "ka",
            "displayValue": "Georgian (ka)"
          },
          {
            "value": "de",
            "displayValue": "German (de)"
          },
          {
            "value": "el",
            "displayValue": "Greek (el)"
          },
          {
            "value": "gn",
            "displayValue": "Guarani (gn)"
          },
          {
            "value": "gu",
            "displayValue": "Gujarati (gu)"
          },
          {
            "value": "ht",
            "displayValue": "Haitian Creole (ht)"
          },
          {
            "value": "ha",
            "displayValue": "Hausa (ha)"
          },
          {
            "value": "he",
            "displayValue": "Hebrew (he)"
          },
          {
            "value": "hz",
            "displayValue": "Herero (hz)"
          },
          {
            "value": "hi",
            "displayValue": "Hindi (hi)"
          },
          {
            "value": "ho",
            "displayValue": "Hiri Motu (ho)"
          },
          {
            "value": "hu",
            "displayValue": "Hungarian (hu)"
          },
          {
            "value": "is",
            "displayValue": "Icelandic (is)"
          },
          {
            "value": "io",
            "displayValue": "Ido (io)"
          },
          {
            "value": "ig",
            "displayValue": "Igbo (ig)"
          },
          {
            "value": "id",
            "displayValue": "Indonesian (id)"
          },
          {
            "value": "ia",
            "displayValue": "Interlingua (ia)"
          },
          {
            "value": "ie",
            "displayValue": "Interlingue (ie)"
          },
          {
            "value": "iu",
            "displayValue": "Inuktitut (iu)"
          },
          {
            "value": "ik",
            "displayValue": "Inupiaq (ik)"
          },
          {
            "value": "ga",
            "displayValue": "Irish (ga)"
          },
          {
            "value": "it",
            "displayValue": "Italian (it)"
          },
          {
            "value": "ja",
            "displayValue": "Japanese (ja)"
          },
          {
            "value": "jv",
            "displayValue": "Javanese (jv)"
          },
          {
            "value": "kl",
            "displayValue": "Kalaallisut (kl)"
          },
          {
            "value": "kn",
            "displayValue": "Kannada (kn)"
          },
          {
            "value": "kr",
            "displayValue": "Kanuri (kr)"
          },
          {
            "value": "ks",
            "displayValue": "Kashmiri (ks)"
          },
          {
            "value": "kk",
            "displayValue": "Kazakh (kk)"
          },
          {
            "value": "km",
            "displayValue": "Khmer (km)"
          },
          {
            "value": "ki",
            "displayValue": "Kikuyu (ki)"
          },
          {
            "value": "rw",
            "displayValue": "Kinyarwanda (rw)"
          },
          {
            "value": "kv",
            "displayValue": "Komi (kv)"
          },
          {
            "value": "kg",
            "displayValue": "Kongo (kg)"
          },
          {
            "value": "ko",
            "displayValue": "Korean (ko)"
          },
          {
            "value": "kj",
            "displayValue": "Kuanyama (kj)"
          },
          {
            "value": "ku",
            "displayValue": "Kurdish (ku)"
          },
          {
            "value": "ky",
            "displayValue": "Kyrgyz (ky)"
          },
          {
            "value": "lo",
            "displayValue": "Lao (lo)"
          },
          {
            "value": "la",
            "displayValue": "Latin (la)"
          },
          {
            "value": "lv",
            "displayValue": "Latvian (lv)"
          },
          {
            "value": "li",
            "displayValue": "Limburgish (li)"
          },
          {
            "value": "ln",
            "displayValue": "Lingala (ln)"
          },
          {
            "value": "lt",
            "displayValue": "Lithuanian (lt)"
          },
          {
            "value": "lu",
            "displayValue": "Luba-Katanga (lu)"
          },
          {
            "value": "lb",
            "displayValue": "Luxembourgish (lb)"
          },
          {
            "value": "mk",
            "displayValue": "Macedonian (mk)"
          },
          {
            "value": "mg",
            "displayValue": "Malagasy (mg)"
          },
          {
            "value": "ms",
            "displayValue": "Malay (ms)"
          },
          {
            "value": "ml",
            "displayValue": "Malayalam (ml)"
          },
          {
            "value": "mt",
            "displayValue": "Maltese (mt)"
          },
          {
            "value": "gv",
            "displayValue": "Manx (gv)"
          },
          {
            "value": "mr",
            "displayValue": "Marathi (mr)"
          },
          {
            "value": "mh",
            "displayValue": "Marshallese (mh)"
          },
          {
            "value": "mn",
            "displayValue": "Mongolian (mn)"
          },
          {
            "value": "mi",
            "displayValue": "Māori (mi)"
          },
          {
            "value": "na",
            "displayValue": "Nauru (na)"
          },
          {
            "value": "nv",
            "displayValue": "Navajo (nv)"
          },
          {
            "value": "ng",
            "displayValue": "Ndonga (ng)"
          },
          {
            "value": "ne",
            "displayValue": "Nepali (ne)"
          },
          {
            "value": "nd",
            "displayValue": "North Ndebele (nd)"
          },
          {
            "value": "se",
            "displayValue": "Northern Sami (se)"
          },
          {
            "value": "no",
            "displayValue": "Norwegian (no)"
          },
          {
            "value": "nb",
            "displayValue": "Norwegian Bokmål (nb)"
          },
          {
            "value": "nn",
            "displayValue": "Norwegian Nynorsk (nn)"
          },
          {
            "value": "ny",
            "displayValue": "Nyanja (ny)"
          },
          {
            "value": "oc",
            "displayValue": "Occitan (oc)"
          },
          {
            "value": "or",
            "displayValue": "Odia (or)"
          },
          {
            "value": "oj",
            "displayValue": "Ojibwa (oj)"
          },
          {
            "value": "om",
            "displayValue": "Oromo (om)"
          },
          {
            "value": "os",
            "displayValue": "Ossetic (os)"
          },
          {
            "value": "pi",
            "displayValue": "Pali (pi)"
          },
          {
            "value": "ps",
            "displayValue": "Pashto (ps)"
          },
          {
            "value": "fa",
            "displayValue": "Persian (fa)"
          },
          {
            "value": "pl",
            "displayValue": "Polish (pl)"
          },
          {
            "value": "pt",
            "displayValue": "Portuguese (pt)"
          },
          {
            "value": "pa",
            "displayValue": "Punjabi (pa)"
          },
          {
            "value": "qu",
            "displayValue": "Quechua (qu)"
          },
          {
            "value": "ro",
            "displayValue": "Romanian (ro)"
          },
          {
            "value": "rm",
            "displayValue": "Romansh (rm)"
          },
          {
            "value": "rn",
            "displayValue": "Rundi (rn)"
          },
          {
            "value": "ru",
            "displayValue": "Russian (ru)"
          },
          {
            "value": "sm",
            "displayValue": "Samoan (sm)"
          },
          {
            "value": "sg",
            "displayValue": "Sango (sg)"
          },
          {
            "value": "sa",
            "displayValue": "Sanskrit (sa)"
          },
          {
            "value": "sc",
            "displayValue": "Sardinian (sc)"
          },
          {
            "value": "gd",
            "displayValue": "Scottish Gaelic (gd)"
          },
          {
            "value": "sr",
            "displayValue": "Serbian (sr)"
          },
          {
            "value": "sn",
            "displayValue": "Shona (sn)"
          },
          {
            "value": "ii",
            "displayValue": "Sichuan Yi (ii)"
          },
          {
            "value": "sd",
            "displayValue": "Sindhi (sd)"
          },
          {
            "value": "si",
            "displayValue": "Sinhala (si)"
          },
          {
            "value": "sk",
            "displayValue": "Slovak (sk)"
          },
          {
            "value": "sl",
            "displayValue": "Slovenian (sl)"
          },
          {
            "value": "so",
            "displayValue": "Somali (so)"
          },
          {
            "value": "nr",
            "displayValue": "South Ndebele (nr)"
          },
          {
            "value": "st",
            "displayValue": "Southern Sotho (st)"
          },
          {
            "value": "es",
            "displayValue": "Spanish (es)"
          },
          {
            "value": "su",
            "displayValue": "Sundanese (su)"
          },
          {
            "value": "sw",
            "displayValue": "Swahili (sw)"
          },
          {
            "value": "ss",
            "displayValue": "Swati (ss)"
          },
          {
            "value": "sv",
            "displayValue": "Swedish (sv)"
          },
          {
            "value": "ty",
            "displayValue": "Tahitian (ty)"
          },
          {
            "value": "tg",
            "displayValue": "Tajik (tg)"
          },
          {
            "value": "ta",
            "displayValue": "Tamil (ta)"
          },
          {
            "value": "tt",
            "displayValue": "Tatar (tt)"
          },
          {
            "value": "te",
            "displayValue": "Telugu (te)"
          },
          {
            "value": "th",
            "displayValue": "Thai (th)"
          },
          {
            "value": "bo",
            "displayValue": "Tibetan (bo)"
          },
          {
            "value": "ti",
            "displayValue": "Tigrinya (ti)"
          },
          {
            "value": "to",
            "displayValue": "Tongan (to)"
          },
          {
            "value": "ts",
            "displayValue": "Tsonga (ts)"
          },
          {
            "value": "tn",
            "displayValue": "Tswana (tn)"
          },
          {
            "value": "tr",
            "displayValue": "Turkish (tr)"
          },
          {
            "value": "tk",
            "displayValue": "Turkmen (tk)"
          },
          {
            "value": "uk",
            "displayValue": "Ukrainian (uk)"
          },
          {
            "value": "ur",
            "displayValue": "Urdu (ur)"
          },
          {
            "value": "ug",
            "displayValue": "Uyghur (ug)"
          },
          {
            "value": "uz",
            "displayValue": "Uzbek (uz)"
          },
          {
            "value": "ve",
            "displayValue": "Venda (ve)"
          },
          {
            "value": "vi",
            "displayValue": "Vietnamese (vi)"
          },
          {
            "value": "vo",
            "displayValue": "Volapük (vo)"
          },
          {
            "value": "wa",
            "displayValue": "Walloon (wa)"
          },
          {
            "value": "cy",
            "displayValue": "Welsh (cy)"
          },
          {
            "value": "fy",
            "displayValue": "Western Frisian (fy)"
          },
          {
            "value": "wo",
            "displayValue": "Wolof (wo)"
          },
          {
            "value": "xh",
            "displayValue": "Xhosa (xh)"
          },
          {
            "value": "yi",
            "displayValue": "Yiddish (yi)"
          },
          {
            "value": "yo",
            "displayValue": "Yoruba (yo)"
          },
          {
            "value": "za",
            "displayValue": "Zhuang (za)"
          },
          {
            "value": "zu",
            "displayValue": "Zulu (zu)"
          }
        ],
        "defaultValue": "auto"
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "features",
    "displayName": "What it does",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "CHECKBOX",
        "name": "appInbox",
        "checkboxText": "App Inbox",
        "simpleValueType": true,
        "help": "A bell with personal messages, for logged-in customers. It never waits for a consent: whoever logs in asks for it. On their pages eSputnik’s script records a page view and sets its cookie sc, whatever else is switched on.",
        "defaultValue": true
      },
      {
        "type": "CHECKBOX",
        "name": "recommendations",
        "checkboxText": "Recommendations",
        "simpleValueType": true,
        "help": "Product blocks that you have set up in eSputnik.",
        "defaultValue": false
      },
      {
        "type": "CHECKBOX",
        "name": "tracking",
        "checkboxText": "Tracking",
        "simpleValueType": true,
        "help": "eSputnik records what visitors do on your pages. Without it, its script still records a page view on each page that loads it.",
        "defaultValue": false
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "visitor",
    "displayName": "Who the visitor is",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "TEXT",
        "name": "identity",
        "displayName": "Identity",
        "simpleValueType": true,
        "canBeEmptyString": true,
        "help": "A variable that gives the JWT which your back end signs for a logged-in customer, for example a data layer variable. Put it into the data layer above the Tag Manager snippet. It is good for 15 minutes: a function appInboxGetIdentity of the page, defined there too and not as an async one, gives the next ones, as a text or a promise of one. Neither of the two means a guest, who gets no bell, unless a WordPress with the plugin at the same host has logged them in.",
        "valueHint": "a variable, or nothing",
        "valueValidators": [
          {
            "type": "REGEX",
            "args": [
              "(?:\\s*|.*\\{\\{.+\\}\\}.*)"
            ],
            "errorMessage": "Choose a variable. A JWT written here would make every visitor the same person."
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "identityUrl",
        "displayName": "Identity address",
        "simpleValueType": true,
        "canBeEmptyString": true,
        "help": "Only where a WordPress with the plugin stands in a folder of this host: the path at which it signs who is logged in, such as /blog/?app-inbox=identity. Empty for a WordPress without a folder, and where there is none.",
        "valueHint": "/?app-inbox=identity",
        "valueValidators": [
          {
            "type": "REGEX",
            "args": [
              "(?:\\s*|\\s*/([^/\\\\].*)?|.*\\{\\{.+\\}\\}.*)"
            ],
            "errorMessage": "A path of this host begins with one slash, as in /blog/?app-inbox=identity."
          }
        ]
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "privacy",
    "displayName": "Consent",
    "groupStyle": "ZIPPY_OPEN",
    "subParams": [
      {
        "type": "SELECT",
        "name": "consent",
        "displayName": "Tracking and recommendations wait for",
        "simpleValueType": true,
        "macrosInSelect": false,
        "help": "A consent type of Google’s consent mode, as your consent banner sets it. Where no banner sets it, it counts as given. The bell itself never waits, nor do the page view and the cookie sc of eSputnik’s script on a customer’s pages.",
        "selectItems": [
          {
            "value": "none",
            "displayValue": "Nothing: they start at once"
          },
          {
            "value": "ad_storage",
            "displayValue": "Advertising (ad_storage)"
          },
          {
            "value": "analytics_storage",
            "displayValue": "Analytics (analytics_storage)"
          },
          {
            "value": "personalization_storage",
            "displayValue": "Personalisation (personalization_storage)"
          },
          {
            "value": "functionality_storage",
            "displayValue": "Functionality (functionality_storage)"
          }
        ],
        "defaultValue": "ad_storage"
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "finding",
    "displayName": "Finding mistakes",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "CHECKBOX",
        "name": "debug",
        "checkboxText": "Say what happens in the browser’s console",
        "simpleValueType": true,
        "help": "In Tag Manager’s preview only. What goes wrong is said there in any case.",
        "defaultValue": false
      }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const addConsentListener = require('addConsentListener');
const callInWindow = require('callInWindow');
const copyFromWindow = require('copyFromWindow');
const getCookieValues = require('getCookieValues');
const isConsentGranted = require('isConsentGranted');
const logToConsole = require('logToConsole');

const CONSENT_TYPES = [
	'none',
	'ad_storage',
	'analytics_storage',
	'functionality_storage',
	'personalization_storage',
];

/*
 * The bell never waits. Tracking and recommendations wait for the consent type that the tag names: a
 * customer gets the bell at once, and the other two with the first page after a yes; for a guest
 * there is nothing to do before the yes, so all of it waits, and begins on this very page.
 */
const run = (bringAppInbox) => {
	const problem = findProblem();
	if (problem) {
		complain(problem);
		data.gtmOnFailure();
		return;
	}
	const others = data.recommendations === true || data.tracking === true;
	const asks = others && data.consent !== 'none';
	if (!asks || isConsentGranted(data.consent) || (data.appInbox === true && isCustomer())) {
		bringAppInbox(
			() => {
				start(asks);
				data.gtmOnSuccess();
			},
			(why) => {
				complain(why);
				data.gtmOnFailure();
			}
		);
		return;
	}
	let waits = true;
	addConsentListener(data.consent, (type, yes) => {
		if (yes && waits) {
			waits = false;
			bringAppInbox(() => start(asks), complain);
		}
	});
	explain('waits for the consent ' + data.consent + '.');
	// The tag has done what it could. It may never hear a yes.
	data.gtmOnSuccess();
};

/* What is wrong with the fields, after their variables are filled in. */
const findProblem = () => {
	if (!isScriptId(trimmed(data.scriptId))) {
		return 'the script id of this tag is not one. It has 32 digits and letters from A to F: copy it from your eSputnik snippet.';
	}
	if (data.appInbox !== true && data.recommendations !== true && data.tracking !== true) {
		return 'nothing is switched on. Tick App Inbox, recommendations or tracking in this tag.';
	}
	if (!isIdentity(identity())) {
		return 'the identity is no signed JWT. Let the variable in this tag give the JWT that your back end signs, or nothing for a guest.';
	}
	if (!isPath(identityUrl())) {
		return 'the identity address is no path of this site. Let it begin with one slash, as in /blog/?app-inbox=identity, or leave it empty.';
	}
	if (CONSENT_TYPES.indexOf(data.consent) === -1) {
		return 'this tag waits for a consent that is not known. Choose one from the list again.';
	}
};

const start = (asks) => {
	const config = {
		scriptId: trimmed(data.scriptId),
		scriptHost: data.scriptHost,
		language: data.language,
		features: {
			appInbox: data.appInbox === true,
			recommendations: data.recommendations === true,
			tracking: data.tracking === true,
		},
	};
	if (data.keepSnippet === true) {
		config.script = 'site';
	}
	if (identity()) {
		config.identity = identity();
	}
	if (identityUrl()) {
		config.identityUrl = identityUrl();
	}
	if (asks) {
		// Not the answer from before: a banner may have changed it while App Inbox was on its way.
		config.consent = isConsentGranted(data.consent);
	}
	// A second call, of another tag or beside the WordPress plugin, does nothing.
	callInWindow('appInbox.init', config);
	if (data.debug === true) {
		const status = callInWindow('appInbox.status');
		if (status) {
			explain(status.state + '. ' + status.message);
		}
	}
};

const isOnPage = () => typeof copyFromWindow('appInbox.init') === 'function';

/* Of a guest nothing: variables give undefined, null, false or an empty text for it. */
const identity = () => trimmed(data.identity) || undefined;

/* Where a WordPress in a folder of this host signs who is logged in. */
const identityUrl = () => trimmed(data.identityUrl) || undefined;

/*
 * The page's own function is called by the front end: what it promises would not get through to here.
 * The cookie is a WordPress's at this host; the front end asks that one who the visitor is.
 */
const isCustomer = () =>
	identity() !== undefined ||
	typeof copyFromWindow('appInboxGetIdentity') === 'function' ||
	getCookieValues('app_inbox_user').some((marker) => marker !== '');

const trimmed = (value) => (typeof value === 'string' ? value.trim() : value);

const isScriptId = (id) => typeof id === 'string' && isHexadecimal(id.split('-'));

const isHexadecimal = (parts) => {
	const lengths = parts.map((part) => part.length).join('-');
	const digits = parts.join('').split('');
	return (
		(lengths === '32' || lengths === '8-4-4-4-12') &&
		digits.filter((digit) => '0123456789abcdefABCDEF'.indexOf(digit) === -1).length === 0
	);
};

/* Three parts, the first of which is JSON: in Base64 its { becomes an e. */
const isIdentity = (value) =>
	value === undefined ||
	(typeof value === 'string' && value.charAt(0) === 'e' && value.split('.').length === 3);

/* Two slashes would begin the name of another host; so does a backslash, which browsers take for one. */
const isPath = (value) =>
	value === undefined ||
	(typeof value === 'string' &&
		value.charAt(0) === '/' &&
		['/', '\\'].indexOf(value.charAt(1)) === -1);

/* Tag Manager shows these in its preview only. */
const complain = (why) => logToConsole('App Inbox: ' + why);
const explain = (what) => {
	if (data.debug === true) {
		complain(what);
	}
};

/* This edition belongs to no site, so it may load nothing: the page brings App Inbox itself. */
run((ready, failed) => {
	if (isOnPage()) {
		ready();
	} else {
		failed(
			'this page has no appInbox.init. Add loader.js of your token function to the page, above the Tag Manager snippet, without async and defer; or take the template that your token function makes, which loads it.'
		);
	}
});


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "logging",
        "versionId": "1"
      },
      "param": [
        {
          "key": "environments",
          "value": {
            "type": 1,
            "string": "debug"
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "appInbox.init"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "appInbox.status"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "appInboxGetIdentity"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_consent",
        "versionId": "1"
      },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "analytics_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "functionality_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalization_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "get_cookies",
        "versionId": "1"
      },
      "param": [
        {
          "key": "cookieAccess",
          "value": {
            "type": 1,
            "string": "specific"
          }
        },
        {
          "key": "cookieNames",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "app_inbox_user"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: A customer gets the bell at once
  code: |-
    runCode(fields);
    succeeded();
    assertThat(calls).isEqualTo([{
      scriptId: fields.scriptId,
      scriptHost: 'cdn.esputnik.com',
      language: 'uk',
      features: {appInbox: true, recommendations: false, tracking: false},
      identity: 'eyJ.e30.c2ln'
    }]);
    assertThat(logs).isEqualTo([]);
- name: A snippet that stays on the site loads the script
  code: |-
    fields.keepSnippet = true;
    runCode(fields);
    succeeded();
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].script).isEqualTo('site');
    assertThat(calls[0].scriptId).isEqualTo(fields.scriptId);
- name: A snippet stays by a tick, and by no text
  code: |-
    fields.keepSnippet = 'false';
    runCode(fields);
    succeeded();
    assertThat(calls[0].hasOwnProperty('script')).isFalse();
- name: A guest has no identity, whatever the variable gives
  code: |-
    [undefined, null, false, 0, '', ' '].forEach((nothing) => {
      fields.identity = nothing;
      runCode(fields);
    });
    succeeded();
    assertThat(calls.length).isEqualTo(6);
    calls.forEach((config) => assertThat(config.hasOwnProperty('identity')).isFalse());
- name: The space around a value is not part of it
  code: |-
    fields.scriptId = ' ' + fields.scriptId + ' ';
    fields.identity = ' eyJ.e30.c2ln ';
    runCode(fields);
    succeeded();
    assertThat(calls[0].scriptId).isEqualTo('0123456789abcdefABCDEF0123456789');
    assertThat(calls[0].identity).isEqualTo('eyJ.e30.c2ln');
- name: A WordPress in a folder is asked there
  code: |-
    fields.identity = undefined;
    markers = ['1'];
    fields.identityUrl = ' /blog/?app-inbox=identity ';
    runCode(fields);
    succeeded();
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].identityUrl).isEqualTo('/blog/?app-inbox=identity');
    assertThat(calls[0].hasOwnProperty('identity')).isFalse();
- name: A site's own path is one, however short
  code: |-
    fields.identityUrl = '/';
    runCode(fields);
    succeeded();
    assertThat(calls[0].identityUrl).isEqualTo('/');
- name: Without an identity address the usual one is asked
  code: |-
    [undefined, null, false, '', ' '].forEach((nothing) => {
      fields.identityUrl = nothing;
      runCode(fields);
    });
    succeeded();
    assertThat(calls.length).isEqualTo(5);
    calls.forEach((config) => assertThat(config.hasOwnProperty('identityUrl')).isFalse());
- name: An address of another host is no path
  code: |-
    fields.identityUrl = 'https://shop.example/?app-inbox=identity';
    runCode(fields);
    failed('identity address');
- name: Two slashes begin no path
  code: |-
    fields.identityUrl = '//shop.example/?app-inbox=identity';
    runCode(fields);
    failed('identity address');
- name: A slash and a backslash begin no path
  code: |-
    fields.identityUrl = '/\\shop.example/?app-inbox=identity';
    runCode(fields);
    failed('identity address');
- name: A list is no path, whatever it holds
  code: |-
    fields.identityUrl = ['/blog/?app-inbox=identity'];
    runCode(fields);
    failed('identity address');
- name: A script id with dashes is one
  code: |-
    fields.scriptId = '01234567-89ab-cdef-ABCD-EF0123456789';
    runCode(fields);
    succeeded();
    assertThat(calls[0].scriptId).isEqualTo('01234567-89ab-cdef-ABCD-EF0123456789');
- name: A script id that is too short is refused
  code: |-
    fields.scriptId = '0123456789abcdef0123456789abcde';
    runCode(fields);
    failed('script id');
- name: A script id that is too long is refused
  code: |-
    fields.scriptId = '0123456789abcdef0123456789abcdef0';
    runCode(fields);
    failed('script id');
- name: A script id with another letter is refused
  code: |-
    fields.scriptId = '0123456789abcdef0123456789abcdeg';
    runCode(fields);
    failed('script id');
- name: A script id with a dash too few is refused
  code: |-
    fields.scriptId = '01234567-89ab-cdef-ABCDEF0123456789';
    runCode(fields);
    failed('script id');
- name: A script id that is missing is refused
  code: |-
    fields.scriptId = undefined;
    runCode(fields);
    failed('script id');
- name: An object instead of a script id is refused
  code: |-
    fields.scriptId = {id: fields.scriptId};
    runCode(fields);
    failed('script id');
- name: A tag that does nothing is refused
  code: |-
    fields.appInbox = false;
    runCode(fields);
    failed('switched on');
- name: A text that says yes is no yes
  code: |-
    fields.appInbox = 'false';
    fields.recommendations = 'true';
    fields.tracking = 1;
    runCode(fields);
    failed('switched on');
- name: An e-mail is no identity
  code: |-
    fields.identity = 'ann@shop.example.com';
    runCode(fields);
    failed('identity');
- name: Half a JWT is no identity
  code: |-
    fields.identity = 'eyJ.e30';
    runCode(fields);
    failed('identity');
- name: An object is no identity
  code: |-
    fields.identity = {email: 'ann@shop.example.com'};
    runCode(fields);
    failed('identity');
- name: A number is no identity
  code: |-
    fields.identity = 7;
    runCode(fields);
    failed('identity');
- name: A list is no identity, whatever it holds
  code: |-
    fields.identity = ['eyJ.e30.c2ln'];
    runCode(fields);
    failed('identity');
- name: A yes is no identity
  code: |-
    fields.identity = true;
    runCode(fields);
    failed('identity');
- name: A consent that is not known is refused
  code: |-
    fields.consent = undefined;
    runCode(fields);
    failed('consent');
- name: The bell alone never asks for a consent
  code: |-
    granted = false;
    runCode(fields);
    succeeded();
    assertThat(asked).isEqualTo([]);
    assertThat(listeners.length).isEqualTo(0);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].hasOwnProperty('consent')).isFalse();
- name: Where nothing is to be waited for, all start at once
  code: |-
    granted = false;
    fields.consent = 'none';
    fields.tracking = true;
    fields.recommendations = true;
    fields.identity = undefined;
    runCode(fields);
    succeeded();
    assertThat(asked).isEqualTo([]);
    assertThat(listeners.length).isEqualTo(0);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].hasOwnProperty('consent')).isFalse();
    assertThat(calls[0].features).isEqualTo({appInbox: true, recommendations: true, tracking: true});
- name: With the consent tracking starts at once, for a guest too
  code: |-
    fields.tracking = true;
    fields.identity = undefined;
    runCode(fields);
    succeeded();
    assertThat(asked).contains('ad_storage');
    assertThat(listeners.length).isEqualTo(0);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].consent).isTrue();
    assertThat(calls[0].features).isEqualTo({appInbox: true, recommendations: false, tracking: true});
- name: Without the consent a customer has the bell and is not tracked
  code: |-
    granted = false;
    fields.tracking = true;
    runCode(fields);
    succeeded();
    assertThat(listeners.length).isEqualTo(0);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].consent).isFalse();
    assertThat(calls[0].identity).isEqualTo('eyJ.e30.c2ln');
- name: A page's function for the identity makes a customer, and is not called here
  code: |-
    granted = false;
    fields.tracking = true;
    fields.identity = undefined;
    getIdentity = () => fail('called the function');
    runCode(fields);
    succeeded();
    assertThat(listeners.length).isEqualTo(0);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].consent).isFalse();
    assertThat(calls[0].hasOwnProperty('identity')).isFalse();
- name: Whoever WordPress knows at this host is a customer
  code: |-
    granted = false;
    fields.tracking = true;
    fields.identity = undefined;
    markers = ['d41d8c'];
    runCode(fields);
    succeeded();
    assertThat(listeners.length).isEqualTo(0);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].consent).isFalse();
    assertThat(calls[0].hasOwnProperty('identity')).isFalse();
- name: An empty cookie of WordPress makes no customer
  code: |-
    granted = false;
    fields.tracking = true;
    fields.identity = undefined;
    markers = [''];
    runCode(fields);
    succeeded();
    assertThat(calls).isEqualTo([]);
    assertThat(listeners.length).isEqualTo(1);
- name: What is no function makes no customer
  code: |-
    granted = false;
    fields.tracking = true;
    fields.identity = undefined;
    getIdentity = 'eyJ.e30.c2ln';
    runCode(fields);
    succeeded();
    assertThat(calls).isEqualTo([]);
    assertThat(listeners.length).isEqualTo(1);
- name: Without the consent recommendations for a guest wait for it
  code: |-
    granted = false;
    fields.recommendations = true;
    fields.consent = 'personalization_storage';
    fields.identity = '';
    runCode(fields);
    succeeded();
    assertThat(calls).isEqualTo([]);
    assertThat(logs).isEqualTo([]);
    assertThat(listeners.length).isEqualTo(1);
    assertThat(listeners[0].type).isEqualTo('personalization_storage');
    listeners[0].hear('personalization_storage', false);
    assertThat(calls).isEqualTo([]);
    listeners[0].hear('personalization_storage', true);
    listeners[0].hear('personalization_storage', true);
    assertThat(calls.length).isEqualTo(1);
    assertThat(calls[0].consent).isTrue();
    assertThat(calls[0].features).isEqualTo({appInbox: true, recommendations: true, tracking: false});
- name: Without the bell a customer waits for the consent too
  code: |-
    granted = false;
    fields.appInbox = false;
    fields.tracking = true;
    fields.consent = 'functionality_storage';
    runCode(fields);
    succeeded();
    assertThat(calls).isEqualTo([]);
    listeners[0].hear('functionality_storage', true);
    assertThat(calls[0].features).isEqualTo({appInbox: false, recommendations: false, tracking: true});
- name: The tag is harmless when it fires twice
  code: |-
    runCode(fields);
    runCode(fields);
    succeeded();
    assertThat(calls[1]).isEqualTo(calls[0]);
    assertThat(loads.length).isEqualTo(0);
- name: It says how App Inbox is when asked to
  code: |-
    fields.debug = true;
    runCode(fields);
    succeeded();
    assertThat(logs).isEqualTo(['App Inbox: initialised. Open ?app-inbox-debug.']);
- name: It says that it waits when asked to
  code: |-
    granted = false;
    fields.debug = true;
    fields.tracking = true;
    fields.consent = 'analytics_storage';
    fields.identity = undefined;
    runCode(fields);
    succeeded();
    assertThat(logs).isEqualTo(['App Inbox: waits for the consent analytics_storage.']);
- name: An App Inbox that cannot say how it is starts all the same
  code: |-
    fields.debug = true;
    status = undefined;
    runCode(fields);
    succeeded();
    assertThat(calls.length).isEqualTo(1);
    assertThat(logs).isEqualTo([]);
- name: A page without App Inbox is told what to add
  code: |-
    init = undefined;
    runCode(fields);
    failed('loader.js');
- name: What is no function is no App Inbox
  code: |-
    init = {};
    runCode(fields);
    failed('loader.js');
- name: A page without App Inbox is told so after the consent too
  code: |-
    init = undefined;
    granted = false;
    fields.tracking = true;
    fields.identity = undefined;
    runCode(fields);
    succeeded();
    listeners[0].hear('ad_storage', true);
    assertThat(calls).isEqualTo([]);
    assertThat(logs.length).isEqualTo(1);
    assertThat(logs[0]).contains('loader.js');
setup: |-
  const calls = [];
  const logs = [];
  const listeners = [];
  const loads = [];
  const asked = [];
  let init = () => {};
  let getIdentity;
  let status = {state: 'initialised', message: 'Open ?app-inbox-debug.'};
  let granted = true;
  let markers = [];

  const fields = {
    scriptId: '0123456789abcdefABCDEF0123456789',
    scriptHost: 'cdn.esputnik.com',
    language: 'uk',
    keepSnippet: false,
    appInbox: true,
    recommendations: false,
    tracking: false,
    identity: 'eyJ.e30.c2ln',
    identityUrl: '',
    consent: 'ad_storage',
    debug: false
  };
  const succeeded = () => {
    assertApi('gtmOnSuccess').wasCalled();
    assertApi('gtmOnFailure').wasNotCalled();
  };
  const failed = (word) => {
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
    assertThat(calls).isEqualTo([]);
    assertThat(loads.length).isEqualTo(0);
    assertThat(logs.length).isEqualTo(1);
    assertThat(logs[0].indexOf('App Inbox: ')).isEqualTo(0);
    assertThat(logs[0]).contains(word);
  };

  mock('copyFromWindow', (key) => {
    if (key === 'appInbox.init') {
      return init;
    }
    return key === 'appInboxGetIdentity' ? getIdentity : undefined;
  });
  mock('callInWindow', (key, config) => {
    if (key === 'appInbox.init') {
      calls.push(config);
    } else if (key === 'appInbox.status') {
      return status;
    } else {
      fail('called ' + key);
    }
  });
  mock('logToConsole', (text) => {
    logs.push(text);
  });
  mock('isConsentGranted', (type) => {
    asked.push(type);
    return granted;
  });
  mock('getCookieValues', (name) => {
    assertThat(name).isEqualTo('app_inbox_user');
    return markers;
  });
  mock('addConsentListener', (type, listener) => {
    listeners.push({
      type: type,
      hear: (about, yes) => {
        granted = yes;
        listener(about, yes);
      }
    });
  });


___NOTES___

This file is generated: change its sources in gtm-template/src and build it anew.

The template starts App Inbox (appInbox.init) with plain data. It makes no token and knows no secret:
the page's own script asks the token function, which asks eSputnik.
