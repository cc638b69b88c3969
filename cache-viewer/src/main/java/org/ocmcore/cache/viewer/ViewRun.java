package org.ocmcore.cache.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One view: the bytes so far, and the steps that led to them. */
final class ViewRun {
  /** As many as a value may be wrapped in each other. */
  private static final int MAX_STEPS = 8;

  private final List<ViewStep> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final long flags;
  private final ViewBudget budget;
  private final ViewWindow window;
  private byte[] bytes;
  private Optional<ValueFormat> format = Optional.empty();

  ViewRun(byte[] value, long flags, ViewBudget budget, ViewWindow window) {
    this.bytes = value;
    this.flags = flags;
    this.budget = budget;
    this.window = window;
  }

  /** The bytes as stored. */
  ValueView stored() {
    boolean isText = Utf8Text.firstInvalid(bytes) < 0;
    return render(Decoders.renderer(isText ? ValueFormat.TEXT : ValueFormat.HEX));
  }

  /** By the decoders of these names. */
  ValueView named(List<String> names) {
    for (String name : names) {
      Optional<ByteDecoder> decoder = Decoders.bytes(name);
      Optional<ClientFlags> client = Decoders.flags(name);
      if (decoder.isPresent()) {
        bytes = decoder.get().decode(bytes, budget);
        format = Optional.empty();
        steps.add(new ViewStep(name, "named in the chain", bytes.length));
      } else if (client.isPresent()) {
        accept(client.get().decode(bytes, flags, budget));
      } else {
        return render(Decoders.renderer(name).orElseThrow());
      }
    }
    return show();
  }

  /** By what the flags and bytes show. */
  ValueView auto() {
    byFlags();
    boolean isChanged = true;
    while (isChanged && format.isEmpty() && steps.size() < MAX_STEPS) {
      isChanged = byBytes();
    }
    return show();
  }

  private void accept(ClientFlags.Stored stored) {
    bytes = stored.bytes();
    format = stored.format();
    steps.add(stored.step());
  }

  private void byFlags() {
    for (ClientFlags client : Decoders.FLAGS) {
      if (client.fits(bytes, flags)) {
        try {
          accept(client.decode(bytes, flags, budget));
          return;
        } catch (DecodingException e) {
          notes.add("not by flags " + flags + " of " + client.name() + ": " + e.getMessage());
        }
      }
    }
  }

  /** Whether a decoder was applied. */
  private boolean byBytes() {
    for (ByteDecoder decoder : Decoders.BYTES) {
      String evidence = decoder.evidence(bytes);
      if (!evidence.isEmpty()) {
        try {
          byte[] decoded = decoder.decode(bytes, budget);
          if (decoder instanceof Base64Decoder && !isMarked(decoded)) {
            return false;
          }
          bytes = decoded;
          steps.add(new ViewStep(decoder.name(), evidence, decoded.length));
          return true;
        } catch (DecodingException e) {
          if (!(decoder instanceof Base64Decoder)) {
            notes.add(e.getMessage());
          }
        }
      }
    }
    return false;
  }

  /** Whether bytes have a mark of their own, without which base64 may as well be a token. */
  private static boolean isMarked(byte[] bytes) {
    boolean isEncoded = Decoders.BYTES.stream()
        .filter(decoder -> !(decoder instanceof Base64Decoder))
        .anyMatch(decoder -> !decoder.evidence(bytes).isEmpty());
    return isEncoded
        || Decoders.RENDERERS.stream()
            .filter(renderer -> switch (renderer.format()) {
              case JSON -> Utf8Text.isPlain(bytes);
              case PHP, JAVA, IGBINARY, RUBY, PICKLE -> true;
              default -> false;
            })
            .anyMatch(renderer -> renderer.fits(bytes));
  }

  /** In the format that the flags say, or the first that fits. */
  private ValueView show() {
    if (format.isPresent()) {
      Optional<ValueView> view = attempt(Decoders.renderer(format.get()));
      if (view.isPresent()) {
        return view.get();
      }
    }
    for (ValueRenderer renderer : Decoders.RENDERERS) {
      if (!format.equals(Optional.of(renderer.format())) && renderer.fits(bytes)) {
        Optional<ValueView> view = attempt(renderer);
        if (view.isPresent()) {
          return view.get();
        }
      }
    }
    throw new IllegalStateException("hexadecimal fits any value");
  }

  private Optional<ValueView> attempt(ValueRenderer renderer) {
    try {
      return Optional.of(render(renderer));
    } catch (DecodingException e) {
      notes.add(e.getMessage());
      return Optional.empty();
    }
  }

  private ValueView render(ValueRenderer renderer) {
    if (renderer.format() == ValueFormat.HEX) {
      budget.endTiming();
    }
    ViewOutput out = new ViewOutput(renderer.format().text(), budget, window);
    boolean isStopped = false;
    try {
      renderer.render(bytes, out);
    } catch (ViewStoppedException e) {
      isStopped = true;
      out.note(e.getMessage());
    }
    List<String> all = new ArrayList<>(notes);
    all.addAll(out.notes());
    String content = out.content();
    boolean isCut = isStopped || out.offset() + content.length() < out.length();
    return new ValueView(steps, renderer.format(), all, out.offset(), content, out.length(), isCut);
  }
}
