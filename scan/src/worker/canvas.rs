//! Decoding and encoding by the browser, on its canvas for workers.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ImageBitmap, ImageBitmapOptions, ImageData, ImageEncodeOptions, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, ResizeQuality,
};

use super::{CANNOT_OPEN, Facts, Flaw, Pictures, decoder, scope};
use crate::{
    fit,
    geometry::{Point, Quad},
    jpeg::Orientation,
    photo::{CannotOpen, Photo, Picture},
    planes::Planes,
    sniff::Kind,
};

pub struct Canvas;

/// A decoded photograph as it is stored, and how it has to be turned.
pub struct Stored {
    bitmap: ImageBitmap,
    turn: u8,
    mirrored: bool,
    opaque: bool,
}

/// A photograph's pixels: in planes, or drawn when asked for.
pub enum Pixels {
    Planes(Planes),
    Stored(Stored),
}

type Sheet = (OffscreenCanvas, OffscreenCanvasRenderingContext2d);

impl Pictures for Canvas {
    type Photo = Stored;
    type Pixels = Pixels;
    type Sheet = Sheet;

    async fn open(file: &Blob, Facts { kind, size, held }: Facts) -> Result<Stored, Flaw> {
        let file = match held {
            Some(held) if held.value > 1 => blanked(file, held)?,
            _ => file.clone(),
        };
        let options = ImageBitmapOptions::new();
        let (width, height) = (size.0 as u32, size.1 as u32);
        // Asked for fewer pixels, the browser need not hand out all of a huge photograph's.
        if size.0.saturating_mul(size.1) > fit::LARGE {
            let (width, height) = fit::within(width, height, fit::LARGE_SIDE);
            options.set_resize_width(width);
            options.set_resize_height(height);
            options.set_resize_quality(ResizeQuality::High);
        }
        let promise = scope().create_image_bitmap_with_blob_and_image_bitmap_options(&file, &options);
        let bitmap = JsFuture::from(promise.map_err(failed)?).await.map_err(failed)?;
        let (turn, mirrored) = held.map_or((0, false), Orientation::turn);
        Ok(Stored { bitmap: bitmap.unchecked_into(), turn, mirrored, opaque: kind == Kind::Jpeg })
    }

    async fn read(file: &Blob, buffer: Uint8Array, bytes: &[u8], facts: Facts) -> Result<Pixels, Flaw> {
        Ok(match decoder::planes(&buffer, bytes, facts).await {
            Some(planes) => Pixels::Planes(planes),
            None => Pixels::Stored(Canvas::open(file, facts).await?),
        })
    }

    async fn encode(page: Picture, quality: f64) -> Result<Blob, Flaw> {
        let canvas = laid(&page)?;
        drop(page);
        blob(writing(&canvas, quality)?).await
    }

    fn frame(frame: ImageBitmap) -> Result<Picture, Flaw> {
        let photo = Stored { bitmap: frame, turn: 0, mirrored: false, opaque: true };
        let (width, height) = (photo.width(), photo.height());
        photo.drawn(Point::default(), Point::new(width, height), width as usize, height as usize)
    }

    fn sides(photo: &Stored) -> (u32, u32) {
        (photo.width() as u32, photo.height() as u32)
    }

    fn sheet(width: u32, height: u32) -> Result<Sheet, Flaw> {
        sheet(width, height)
    }

    fn draw((_, pen): &mut Sheet, photo: &Stored, top: u32, size: (u32, u32), turn: u8) -> Result<(), Flaw> {
        let (width, height) = (f64::from(size.0), f64::from(size.1));
        pen.save();
        pen.translate(0.0, top.into()).map_err(failed)?;
        let (across, down) = if turn % 2 == 1 { (height, width) } else { (width, height) };
        turned(pen, turn, across, down)?;
        photo.draw(pen, width / f64::from(photo.width()), height / f64::from(photo.height()))?;
        pen.restore();
        Ok(())
    }

    fn tiles((canvas, _): &Sheet) -> Result<Option<(Sheet, f64)>, Flaw> {
        let Some(places) = fit::tiles(canvas.width(), canvas.height()) else { return Ok(None) };
        let side = fit::TILES * fit::TILE;
        let (sample, pen) = bare(side, side)?;
        let tile = f64::from(fit::TILE);
        for (row, places) in places.iter().enumerate() {
            for (column, (x, y)) in places.iter().enumerate() {
                pen.draw_image_with_offscreen_canvas_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                    canvas,
                    (*x).into(),
                    (*y).into(),
                    tile,
                    tile,
                    column as f64 * tile,
                    row as f64 * tile,
                    tile,
                    tile,
                )
                .map_err(failed)?;
            }
        }
        let times = f64::from(canvas.width()) * f64::from(canvas.height()) / f64::from(side * side);
        Ok(Some(((sample, pen), times)))
    }

    async fn write((canvas, _): &Sheet, quality: f64) -> Result<Blob, Flaw> {
        blob(writing(canvas, quality)?).await
    }
}

impl Photo for Pixels {
    fn width(&self) -> f32 {
        match self {
            Pixels::Planes(photo) => photo.width(),
            Pixels::Stored(photo) => photo.width(),
        }
    }

    fn height(&self) -> f32 {
        match self {
            Pixels::Planes(photo) => photo.height(),
            Pixels::Stored(photo) => photo.height(),
        }
    }

    fn part(&self, from: Point, to: Point, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        match self {
            Pixels::Planes(photo) => photo.part(from, to, width, height),
            Pixels::Stored(photo) => photo.part(from, to, width, height),
        }
    }

    fn flat(&self, corners: &Quad, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        match self {
            Pixels::Planes(photo) => photo.flat(corners, width, height),
            Pixels::Stored(photo) => photo.flat(corners, width, height),
        }
    }
}

impl Photo for Stored {
    fn width(&self) -> f32 {
        if self.turn % 2 == 1 { self.bitmap.height() as f32 } else { self.bitmap.width() as f32 }
    }

    fn height(&self) -> f32 {
        if self.turn % 2 == 1 { self.bitmap.width() as f32 } else { self.bitmap.height() as f32 }
    }

    fn part(&self, from: Point, to: Point, width: usize, height: usize) -> Result<Picture, CannotOpen> {
        // Browsers skip pixels when they shrink a picture this much; so they shrink it half the way, and we the rest.
        if (width as f32) < 0.35 * (to.x - from.x) {
            let half = self.drawn(from, to, 2 * width, 2 * height).map_err(|_| CannotOpen)?;
            return half.part(Point::default(), Point::new(half.width(), half.height()), width, height);
        }
        self.drawn(from, to, width, height).map_err(|_| CannotOpen)
    }
}

impl Stored {
    fn drawn(&self, from: Point, to: Point, width: usize, height: usize) -> Result<Picture, Flaw> {
        // A transparent picture (PNG) lies on white paper.
        let (_, pen) = if self.opaque { bare } else { sheet }(width as u32, height as u32)?;
        let (across, down) = (width as f32 / (to.x - from.x), height as f32 / (to.y - from.y));
        // Shrunk this much, a picture would lose whole pixels: edges become stairs.
        if across < 0.65 {
            let _ = Reflect::set(&pen, &"imageSmoothingQuality".into(), &"medium".into());
        }
        pen.translate(f64::from(-from.x * across), f64::from(-from.y * down)).map_err(failed)?;
        self.draw(&pen, across.into(), down.into())?;
        let data = pen.get_image_data(0.0, 0.0, width as f64, height as f64).map_err(failed)?;
        Ok(Picture { pixels: data.data().0, width, height })
    }

    /// Draws the photograph upright, stretched by these factors.
    fn draw(&self, pen: &OffscreenCanvasRenderingContext2d, across: f64, down: f64) -> Result<(), Flaw> {
        pen.scale(across, down).map_err(failed)?;
        turned(pen, self.turn, self.width().into(), self.height().into())?;
        if self.mirrored {
            pen.translate(self.bitmap.width().into(), 0.0).map_err(failed)?;
            pen.scale(-1.0, 1.0).map_err(failed)?;
        }
        pen.draw_image_with_image_bitmap(&self.bitmap, 0.0, 0.0).map_err(failed)
    }
}

impl Drop for Stored {
    /// Gives the pixels back at once; the browser's own cleaning comes too late on a small phone.
    fn drop(&mut self) {
        self.bitmap.close();
    }
}

/// Turns the pen clockwise, so that what is drawn from the origin on fills a picture of this size.
fn turned(pen: &OffscreenCanvasRenderingContext2d, turn: u8, width: f64, height: f64) -> Result<(), Flaw> {
    let (x, y) = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)][usize::from(turn % 4)];
    pen.translate(x, y).map_err(failed)?;
    pen.rotate(f64::from(turn % 4) * std::f64::consts::FRAC_PI_2).map_err(failed)
}

/// A copy of the file whose orientation says "upright": then every browser hands out the pixels as they are stored.
fn blanked(file: &Blob, held: Orientation) -> Result<Blob, Flaw> {
    let place = held.place as i32;
    let before: JsValue = file.slice_with_i32_and_i32(0, place).map_err(failed)?.into();
    let after: JsValue = file.slice_with_i32(place + 1).map_err(failed)?.into();
    let parts = Array::of3(&before, &Uint8Array::from(&[1][..]).into(), &after);
    Blob::new_with_blob_sequence(&parts).map_err(failed)
}

/// A canvas and its pen.
fn bare(width: u32, height: u32) -> Result<Sheet, Flaw> {
    let canvas = OffscreenCanvas::new(width, height).map_err(failed)?;
    let pen = canvas.get_context("2d").ok().flatten().and_then(|pen| pen.dyn_into().ok()).ok_or(CANNOT_OPEN)?;
    Ok((canvas, pen))
}

/// A white canvas and its pen.
fn sheet(width: u32, height: u32) -> Result<Sheet, Flaw> {
    let (canvas, pen) = bare(width, height)?;
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, width.into(), height.into());
    Ok((canvas, pen))
}

/// A canvas with these pixels.
fn laid(page: &Picture) -> Result<OffscreenCanvas, Flaw> {
    let (width, height) = (page.width as u32, page.height as u32);
    let (canvas, pen) = bare(width, height)?;
    let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&page.pixels), width, height).map_err(failed)?;
    pen.put_image_data(&data, 0.0, 0.0).map_err(failed)?;
    Ok(canvas)
}

/// Lets the browser begin to write a canvas as JPEG.
fn writing(canvas: &OffscreenCanvas, quality: f64) -> Result<Promise, Flaw> {
    let options = ImageEncodeOptions::new();
    options.set_type("image/jpeg");
    options.set_quality(quality);
    canvas.convert_to_blob_with_options(&options).map_err(failed)
}

async fn blob(writing: Promise) -> Result<Blob, Flaw> {
    JsFuture::from(writing).await.map_err(failed)?.dyn_into().map_err(failed)
}

fn failed(_: JsValue) -> Flaw {
    CANNOT_OPEN
}
