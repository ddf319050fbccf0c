// Just enough of Arduino to run the real sketch on this computer: time, a port, and pins that tell.
//
// Standard input and output are the board's end of a pseudo terminal. Standard error tells every
// change of a pin as "pin NUMBER VALUE", and "steps COUNT" when the motor is let go.

#ifndef FAKE_ARDUINO_H
#define FAKE_ARDUINO_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOW 0
#define HIGH 1
#define INPUT 0
#define OUTPUT 1
#define INPUT_PULLUP 2

inline long min(long a, long b) { return a < b ? a : b; }
inline long max(long a, long b) { return a > b ? a : b; }

void pinMode(int pin, int mode);
void digitalWrite(int pin, int value);
int digitalRead(int pin);
void analogWrite(int pin, int value);
unsigned long millis();
unsigned long micros();
void delayMicroseconds(int us);

struct FakeSerial {
  void begin(long baud);
  void print(const char *text);
  int available();
  int read();
};
extern FakeSerial Serial;

#endif
