"""Colours and type: paper, ink, and one accent, the indigo of Japanese dye."""

from __future__ import annotations

import gradio as gr
from gradio.themes.utils import colors, sizes

INDIGO = colors.Color(
    name="indigo-dye",
    c50="#f0f5fa",
    c100="#dce8f3",
    c200="#bad1e6",
    c300="#93b7d8",
    c400="#699ac6",
    c500="#457eb0",
    c600="#2e6495",
    c700="#25517a",
    c800="#204463",
    c900="#1c3852",
    c950="#122435",
)


# Gradio's, but for notes and labels, which have 12 pixels there.
TEXT_SIZES = sizes.Size(name="text", xxs="9px", xs="10px", sm="13px", md="14px", lg="16px", xl="22px", xxl="26px")


def theme() -> gr.themes.Base:
    """The page's theme; style.css does what a theme cannot."""
    return gr.themes.Base(
        primary_hue=INDIGO,
        secondary_hue=INDIGO,
        neutral_hue=colors.stone,
        radius_size=sizes.radius_md,
        text_size=TEXT_SIZES,
    ).set(
        body_background_fill="#faf9f7",
        body_background_fill_dark="#171614",
        body_text_color="#26231f",
        body_text_color_dark="#e9e6e1",
        body_text_color_subdued="#6b655d",
        body_text_color_subdued_dark="#a8a199",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1f1e1b",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_shadow_dark="none",
        block_padding="0px",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        block_title_text_color="*body_text_color_subdued",
        block_title_text_color_dark="*body_text_color_subdued",
        block_title_text_weight="500",
        block_title_text_size="*text_sm",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1f1e1b",
        input_border_width="1px",
        input_border_width_dark="1px",
        input_border_color="#ddd8d0",
        input_border_color_dark="#3b3833",
        input_border_color_focus="*primary_500",
        input_border_color_focus_dark="*primary_400",
        input_placeholder_color="#767069",
        input_placeholder_color_dark="#948d84",
        input_shadow="none",
        # With the border, as wide as the other marks of the focus.
        input_shadow_focus="0 0 0 1px *primary_500",
        input_shadow_focus_dark="0 0 0 1px *primary_400",
        border_color_primary="#e4e0d9",
        border_color_primary_dark="#35322d",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="#f0ede8",
        button_secondary_background_fill_hover_dark="#2b2925",
        button_secondary_border_color="#ddd8d0",
        button_secondary_border_color_dark="#3b3833",
        # The theme's font is complete in the weights 400, 500, and 700; in 600 it lacks nearly every letter.
        button_large_text_weight="500",
        button_medium_text_weight="500",
        button_small_text_weight="500",
        prose_header_text_weight="700",
        button_border_width="1px",
        button_border_width_dark="1px",
        button_primary_border_color="transparent",
        button_primary_border_color_dark="transparent",
        slider_color="*primary_600",
        slider_color_dark="*primary_400",
    )
