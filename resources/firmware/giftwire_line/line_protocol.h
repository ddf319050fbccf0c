// The Giftwire line protocol, version 1, for any board: cuts lines, checks them, keeps time.
//
// One rule: whatever starts here ends here. Every activation carries its longest time, and all of
// them end when the computer has been silent for the lease.
//
// Nothing in this file knows of pins. The sketch beside it does; the tests of Giftwire run this very
// file on a computer. No heap, no exceptions, no floating point; about 1 kB of RAM.

#ifndef GIFTWIRE_LINE_PROTOCOL_H
#define GIFTWIRE_LINE_PROTOCOL_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace giftwire {

static const uint8_t VERSION = 1;
static const uint8_t MAX_LINE = 160;
static const uint8_t MAX_OUTPUTS = 8;
static const uint8_t MAX_WORDS = 10;
static const uint8_t REMEMBERED_IDS = 16;
static const uint32_t LEASE_MS = 3000;
static const uint32_t REPORT_MS = 100;
static const uint32_t LONGEST_MS = 600000;

// What an output is. The kind decides which orders it takes.
enum Kind { MOTOR, LIGHT, LEVEL, SWITCH, PULSE, EFFECT };
static const char *const KIND_NAMES[] = {"motor", "light", "level", "switch", "pulse", "effect"};

enum Verb { ROTATE, RUN, COLOR, SET_LEVEL, FLASH, ON, PLAY };

// One output of the board. Numbers ending in _m are thousandths: 100 rpm is 100000. 0: no limit.
struct Output {
  const char *name;     // lower case, no spaces
  Kind kind;
  const char *hazard;   // none, light, heat, motion, mains, body, pain
  const char *title;    // what people read
  int32_t max_rpm_m;
  int32_t max_rounds_m;
  uint32_t max_on_ms;
  int32_t max_hz_m;
  const char *effects;  // "fireworks,confetti" or ""
};

// One order, checked against the output's limits. Only the fields of its verb mean something.
struct Order {
  Verb verb;
  int32_t rounds_m;
  int32_t rpm_m;
  bool back;
  uint8_t red, green, blue;
  int32_t level_m;
  int32_t times;
  int32_t hz_m;
  char name[16];
  uint32_t ms;
};

// What the sketch must be able to do. Every function returns at once; `output` counts from 0.
class Board {
 public:
  virtual void send(const char *text) = 0;
  virtual void start(uint8_t output, const Order &order) = 0;
  virtual void off(uint8_t output) = 0;
  // False once an order has come to its own end (the rounds are turned, the flashes are over).
  virtual bool running(uint8_t output) = 0;
  // Write "rpm=60 left=3.2" or the like; the newest values, also after the end.
  virtual void report(uint8_t output, char *text, size_t size) = 0;

 protected:
  ~Board() {}
};

// CRC-16/CCITT-FALSE: polynomial 1021, start FFFF.
inline uint16_t checksum(const char *text, size_t length) {
  uint16_t crc = 0xFFFF;
  for (size_t i = 0; i < length; i++) {
    crc ^= (uint16_t)((uint8_t)text[i]) << 8;
    for (uint8_t bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000) ? (uint16_t)((crc << 1) ^ 0x1021) : (uint16_t)(crc << 1);
    }
  }
  return crc;
}

// Read "12", "12.5" or "0.125" into thousandths; false for anything else or for too much.
inline bool read_thousandths(const char *text, int32_t *value) {
  int32_t whole = 0, part = 0, unit = 100;
  uint8_t digits = 0;
  for (; *text >= '0' && *text <= '9'; text++) {
    if (++digits > 6) return false;
    whole = whole * 10 + (*text - '0');
  }
  if (digits == 0) return false;
  if (*text == '.') {
    for (text++; *text >= '0' && *text <= '9'; text++) {
      part += (*text - '0') * unit;
      unit /= 10;
    }
  }
  *value = whole * 1000 + part;
  return *text == '\0';
}

inline bool read_whole(const char *text, uint32_t *value) {
  uint32_t result = 0;
  uint8_t digits = 0;
  for (; *text >= '0' && *text <= '9'; text++) {
    if (++digits > 9) return false;
    result = result * 10 + (uint32_t)(*text - '0');
  }
  *value = result;
  return digits > 0 && *text == '\0';
}

inline void write_thousandths(char *text, size_t size, int32_t value) {
  const char *sign = value < 0 ? "-" : "";
  uint32_t size_m = (uint32_t)(value < 0 ? -value : value);
  snprintf(text, size, "%s%lu.%03lu", sign, (unsigned long)(size_m / 1000),
           (unsigned long)(size_m % 1000));
}

class Protocol {
 public:
  Protocol(Board &board, const Output *outputs, uint8_t count, const char *name, const char *firmware)
      : board_(board), outputs_(outputs), count_(count), name_(name), firmware_(firmware) {}

  // Call once when everything is off and the port is open.
  void boot(uint32_t now) {
    heard_ = now;
    char text[MAX_LINE];
    snprintf(text, sizeof text, "BOOT fw=%s", firmware_);
    say(text);
  }

  // Call for every byte that came in.
  void feed(char byte, uint32_t now) {
    if (byte == '\n') {
      if (length_ > 0 && line_[length_ - 1] == '\r') length_--;
      line_[length_] = '\0';
      if (too_long_) {
        error(0, "line");
      } else if (length_ > 0) {
        take(now);
      }
      length_ = 0;
      too_long_ = false;
    } else if (length_ < MAX_LINE - 1) {
      line_[length_++] = byte;
    } else {
      too_long_ = true;
    }
  }

  // Call as often as possible: ends what is over, and everything when nobody is there.
  void tick(uint32_t now) {
    if (any_active() && now - heard_ > LEASE_MS) {
      say("LEASE");
      end_all("lease", now);
    }
    for (uint8_t i = 0; i < count_; i++) {
      Active &one = active_[i];
      if (one.id == 0) continue;
      if (now - one.began >= one.ms) {
        end(i, "time", now);
      } else if (!board_.running(i)) {
        end(i, "end", now);
      } else if (now - one.reported >= REPORT_MS) {
        report(i, now);
      }
    }
  }

  // Call when a STOP button on the board is pressed.
  void pressed(uint32_t now) {
    end_all("stop", now);
    say("PRESSED");
  }

 private:
  struct Active {
    uint32_t id, began, ms, reported;
  };

  Board &board_;
  const Output *outputs_;
  uint8_t count_;
  const char *name_;
  const char *firmware_;
  char line_[MAX_LINE];
  uint8_t length_ = 0;
  bool too_long_ = false;
  bool summed_ = false;
  uint32_t heard_ = 0;
  Active active_[MAX_OUTPUTS] = {};
  uint32_t taken_[REMEMBERED_IDS] = {};
  uint8_t next_taken_ = 0;
  char *words_[MAX_WORDS];
  uint8_t words_count_ = 0;

  // ------------------------------------------------------------------ lines

  void take(uint32_t now) {
    // STOP comes first and needs nothing: no checksum, no id, no greeting.
    if (strncmp(line_, "STOP", 4) == 0) {
      stop(now);
      return;
    }
    bool has_sum = false;
    if (!sum_fits(&has_sum) || (summed_ && !has_sum && strncmp(line_, "HELLO", 5) != 0)) {
      error(0, "sum");
      return;
    }
    heard_ = now;
    split();
    if (words_count_ > 0 && strcmp(words_[0], "HELLO") == 0) {
      greet();
    } else {
      command(now);
    }
  }

  bool sum_fits(bool *has_sum) {
    if (length_ < 5 || line_[length_ - 5] != '*') return true;
    char wanted[5];
    snprintf(wanted, sizeof wanted, "%04X", (unsigned)checksum(line_, (size_t)(length_ - 5)));
    if (strcmp(wanted, line_ + length_ - 4) != 0) return false;
    length_ = (uint8_t)(length_ - 5);
    line_[length_] = '\0';
    *has_sum = true;
    return true;
  }

  void split() {
    words_count_ = 0;
    char *at = line_;
    while (*at != '\0' && words_count_ < MAX_WORDS) {
      while (*at == ' ') *at++ = '\0';
      if (*at == '\0') break;
      words_[words_count_++] = at;
      while (*at != ' ' && *at != '\0') at++;
    }
  }

  // The value of `name=value`, or nullptr.
  const char *value(const char *name) const {
    size_t length = strlen(name);
    for (uint8_t i = 0; i < words_count_; i++) {
      if (strncmp(words_[i], name, length) == 0 && words_[i][length] == '=') {
        return words_[i] + length + 1;
      }
    }
    return nullptr;
  }

  void say(const char *text) {
    char out[MAX_LINE + 8];
    if (summed_) {
      snprintf(out, sizeof out, "%s*%04X\n", text, (unsigned)checksum(text, strlen(text)));
    } else {
      snprintf(out, sizeof out, "%s\n", text);
    }
    board_.send(out);
  }

  void say_id(const char *word, uint32_t id, const char *more) {
    char text[48];
    snprintf(text, sizeof text, "%s %lu%s%s", word, (unsigned long)id, *more ? " " : "", more);
    say(text);
  }

  void error(uint32_t id, const char *code) { say_id("ERR", id, code); }

  // ------------------------------------------------------------------ greeting and stopping

  void greet() {
    uint32_t version = 0;
    const char *asked = value("v");
    if (asked == nullptr || !read_whole(asked, &version)) {
      error(0, "line");
      return;
    }
    const char *sum = value("sum");
    summed_ = sum != nullptr && strcmp(sum, "1") == 0;
    memset(taken_, 0, sizeof taken_);
    char text[MAX_LINE];
    snprintf(text, sizeof text, "HELLO v=%u board=%s fw=%s sum=%u lease=%lu outputs=%u",
             (unsigned)VERSION, name_, firmware_, summed_ ? 1u : 0u, (unsigned long)LEASE_MS,
             (unsigned)count_);
    say(text);
    for (uint8_t i = 0; i < count_; i++) introduce(outputs_[i]);
  }

  void introduce(const Output &output) {
    char text[MAX_LINE];
    int used = snprintf(text, sizeof text, "OUTPUT %s kind=%s hazard=%s", output.name,
                        KIND_NAMES[output.kind], output.hazard);
    used = add(text, used, " rpm=", output.max_rpm_m);
    used = add(text, used, " rounds=", output.max_rounds_m);
    used = add(text, used, " hz=", output.max_hz_m);
    if (output.max_on_ms > 0) {
      used += snprintf(text + used, sizeof text - (size_t)used, " on=%lu",
                       (unsigned long)output.max_on_ms);
    }
    if (output.effects[0] != '\0') {
      used += snprintf(text + used, sizeof text - (size_t)used, " effects=%s", output.effects);
    }
    snprintf(text + used, sizeof text - (size_t)used, " title=%s", output.title);
    say(text);
  }

  static int add(char *text, int used, const char *name, int32_t value_m) {
    if (value_m <= 0) return used;
    char number[16];
    write_thousandths(number, sizeof number, value_m);
    return used + snprintf(text + used, (size_t)(MAX_LINE - used), "%s%s", name, number);
  }

  void stop(uint32_t now) {
    heard_ = now;
    end_all("stop", now);
    uint32_t token = 0;
    char *at = line_ + 4;
    while (*at == ' ') at++;
    for (; *at >= '0' && *at <= '9'; at++) token = token * 10 + (uint32_t)(*at - '0');
    say_id("SAFE", token, "");
  }

  // ------------------------------------------------------------------ commands

  void command(uint32_t now) {
    uint32_t id = 0;
    if (words_count_ < 2 || !read_whole(words_[0], &id) || id == 0) {
      error(0, "line");
      return;
    }
    if (was_taken(id)) {
      say_id("OK", id, "again");
      return;
    }
    const char *problem = carry_out(id, now);
    if (problem != nullptr) {
      error(id, problem);
      return;
    }
    taken_[next_taken_] = id;
    next_taken_ = (uint8_t)((next_taken_ + 1) % REMEMBERED_IDS);
    say_id("OK", id, "");
  }

  bool was_taken(uint32_t id) const {
    for (uint8_t i = 0; i < REMEMBERED_IDS; i++) {
      if (taken_[i] == id) return true;
    }
    return false;
  }

  // Returns what is wrong, or nullptr.
  const char *carry_out(uint32_t id, uint32_t now) {
    if (strcmp(words_[1], "PING") == 0) return nullptr;
    if (words_count_ < 3) return "line";
    uint8_t output = 0;
    while (output < count_ && strcmp(outputs_[output].name, words_[2]) != 0) output++;
    if (output == count_) return "output";
    if (strcmp(words_[1], "OFF") == 0) {
      board_.off(output);
      if (active_[output].id != 0) end(output, "off", now);
      return nullptr;
    }
    Order order;
    memset(&order, 0, sizeof order);
    const char *problem = read_order(outputs_[output], &order);
    if (problem != nullptr) return problem;
    if (active_[output].id != 0) say_id("DONE", active_[output].id, "new");
    active_[output].id = id;
    active_[output].began = now;
    active_[output].ms = order.ms;
    active_[output].reported = now;
    board_.start(output, order);
    return nullptr;
  }

  const char *read_order(const Output &output, Order *order) {
    uint32_t longest = output.max_on_ms > 0 ? output.max_on_ms : LONGEST_MS;
    const char *ms = value("ms");
    if (ms == nullptr) return "line";
    if (!read_whole(ms, &order->ms) || order->ms == 0 || order->ms > longest) return "range";
    const char *verb = words_[1];
    if (strcmp(verb, "ROTATE") == 0) return read_turn(output, order, true);
    if (strcmp(verb, "RUN") == 0) return read_turn(output, order, false);
    if (strcmp(verb, "COLOR") == 0) return read_color(output, order);
    if (strcmp(verb, "FLASH") == 0) return read_flash(output, order);
    if (strcmp(verb, "LEVEL") == 0) return read_level(output, order);
    if (strcmp(verb, "ON") == 0) {
      order->verb = ON;
      return output.kind == SWITCH || output.kind == PULSE ? nullptr : "kind";
    }
    if (strcmp(verb, "PLAY") == 0) return read_play(output, order);
    return "line";
  }

  bool in_range(const char *name, int32_t limit, int32_t *result) {
    const char *text = value(name);
    if (text == nullptr || !read_thousandths(text, result)) return false;
    return *result > 0 && (limit <= 0 || *result <= limit);
  }

  const char *read_turn(const Output &output, Order *order, bool counted) {
    if (output.kind != MOTOR) return "kind";
    order->verb = counted ? ROTATE : RUN;
    if (!in_range("rpm", output.max_rpm_m, &order->rpm_m)) return "range";
    if (counted && !in_range("rounds", output.max_rounds_m, &order->rounds_m)) return "range";
    const char *back = value("back");
    order->back = back != nullptr && strcmp(back, "1") == 0;
    return nullptr;
  }

  const char *read_color(const Output &output, Order *order) {
    order->verb = COLOR;
    return output.kind != LIGHT ? "kind" : read_rgb(order);
  }

  const char *read_rgb(Order *order) {
    const char *text = value("rgb");
    if (text == nullptr || strlen(text) != 6) return "range";
    char *rest = nullptr;
    uint32_t rgb = (uint32_t)strtoul(text, &rest, 16);
    if (*rest != '\0') return "range";
    order->red = (uint8_t)(rgb >> 16);
    order->green = (uint8_t)(rgb >> 8);
    order->blue = (uint8_t)rgb;
    return nullptr;
  }

  const char *read_flash(const Output &output, Order *order) {
    if (output.kind != LIGHT) return "kind";
    order->verb = FLASH;
    int32_t times_m = 0;
    if (!in_range("times", 1000000, &times_m)) return "range";
    if (!in_range("hz", output.max_hz_m, &order->hz_m)) return "range";
    order->times = times_m / 1000;
    return read_rgb(order);
  }

  const char *read_level(const Output &output, Order *order) {
    if (output.kind != LIGHT && output.kind != LEVEL) return "kind";
    order->verb = SET_LEVEL;
    return in_range("level", 1000, &order->level_m) ? nullptr : "range";
  }

  const char *read_play(const Output &output, Order *order) {
    if (output.kind != EFFECT) return "kind";
    const char *name = value("name");
    if (name == nullptr || strlen(name) >= sizeof order->name) return "range";
    // The name must be one of the list, whole.
    const char *found = strstr(output.effects, name);
    size_t length = strlen(name);
    bool begins = found != nullptr && (found == output.effects || found[-1] == ',');
    if (length == 0 || !begins || (found[length] != '\0' && found[length] != ',')) return "range";
    order->verb = PLAY;
    strcpy(order->name, name);
    return nullptr;
  }

  // ------------------------------------------------------------------ ends

  bool any_active() const {
    for (uint8_t i = 0; i < count_; i++) {
      if (active_[i].id != 0) return true;
    }
    return false;
  }

  void end(uint8_t output, const char *why, uint32_t now) {
    board_.off(output);
    report(output, now);
    uint32_t id = active_[output].id;
    active_[output].id = 0;
    say_id("DONE", id, why);
  }

  void end_all(const char *why, uint32_t now) {
    // First everything off, then the talking.
    for (uint8_t i = 0; i < count_; i++) board_.off(i);
    for (uint8_t i = 0; i < count_; i++) {
      if (active_[i].id != 0) end(i, why, now);
    }
  }

  void report(uint8_t output, uint32_t now) {
    char values[80], text[MAX_LINE];
    values[0] = '\0';
    board_.report(output, values, sizeof values);
    active_[output].reported = now;
    snprintf(text, sizeof text, "STATE %s %s", outputs_[output].name, values);
    say(text);
  }
};

}  // namespace giftwire

#endif
