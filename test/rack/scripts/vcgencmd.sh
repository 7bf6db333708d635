#!/bin/sh
# What a Raspberry Pi's firmware says; the throttling bits are set by the fault under-voltage.
case $1 in
  get_throttled) echo "throttled=$(cat /run/rack-throttled 2>/dev/null || echo 0x0)" ;;
  measure_temp) echo "temp=48.3'C" ;;
  measure_volts) echo 'volt=0.8600V' ;;
  measure_clock) echo "frequency(48)=1500398464" ;;
  *)
    echo "error=1 error_msg=\"Command not registered\""
    exit 1
    ;;
esac
